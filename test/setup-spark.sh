#!/usr/bin/env sh
# Installs the Spark that the Spark suites run against (0.9 GB, into .spark-venv), where there is none yet.
set -eu
cd "$(dirname "$0")/.."
version=4.3.0
python=.spark-venv/bin/python
if [ -x "$python" ] && "$python" -c "import pyspark, grpc, sys; sys.exit(pyspark.__version__ != '$version')" 2>/dev/null; then exit 0; fi

if [ -n "${CI:-}" ] && ! command -v java >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo=sudo; fi
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq default-jre-headless
fi

missing=
command -v java >/dev/null 2>&1 || missing="Java 17"
command -v python3 >/dev/null 2>&1 || missing="${missing:+$missing and }Python 3"
if [ -n "$missing" ]; then
  echo "Spark is not set up: $missing is missing. Install it and run \`npm run test:spark\`; until then the Spark suites don't run." >&2
  if [ -n "${CI:-}" ]; then exit 1; fi
  exit 0
fi

if ! python3 -m venv .spark-venv 2>/dev/null; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Python cannot make a virtual environment: install its venv module." >&2
    exit 1
  fi
  if [ "$(id -u)" -eq 0 ]; then sudo=; else sudo=sudo; fi
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq python3-venv
  python3 -m venv .spark-venv
fi
"$python" -m pip install --quiet --disable-pip-version-check "pyspark[connect]==$version"
