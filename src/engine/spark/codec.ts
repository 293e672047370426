import { fileURLToPath } from 'node:url'
import protobuf from 'protobufjs'

const root = new protobuf.Root().loadSync(
  ['spark-connect.proto', 'google-rpc.proto'].map((file) => fileURLToPath(new URL(`proto/${file}`, import.meta.url))),
)

/** Writes an object as the bytes of message `type`. */
export function encoder(type: string): (message: object) => Buffer {
  const message = root.lookupType(type)
  return (object) => Buffer.from(message.encode(message.fromObject(object)).finish())
}

/** Reads bytes of message `type`; fields that the .proto does not name are skipped. */
export function decoder<Message>(type: string): (bytes: Uint8Array) => Message {
  const message = root.lookupType(type)
  return (bytes) =>
    message.toObject(message.decode(bytes), { longs: Number, oneofs: true, arrays: true, objects: true }) as Message
}
