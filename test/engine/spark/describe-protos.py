"""Prints the messages, enums and calls of the installed Spark's protocol as JSON."""

import json

from google.protobuf import any_pb2  # noqa: F401
from google.rpc import error_details_pb2, status_pb2
from pyspark.sql.connect.proto import (
    base_pb2,
    commands_pb2,
    expressions_pb2,
    ml_common_pb2,
    ml_pb2,
    relations_pb2,
    types_pb2,
)

scalars = {1: "double", 3: "int64", 5: "int32", 8: "bool", 9: "string", 12: "bytes"}
messages, enums, calls = {}, {}, {}


def type_of(field):
    if field.message_type is not None:
        return field.message_type.full_name
    return field.enum_type.full_name if field.enum_type is not None else scalars.get(field.type, str(field.type))


def describe(field):
    is_map = field.message_type is not None and field.message_type.GetOptions().map_entry
    if is_map:
        key, value = (field.message_type.fields_by_name[name] for name in ("key", "value"))
        kind = f"map<{type_of(key)}, {type_of(value)}>"
    else:
        kind = type_of(field)
    group = field.containing_oneof
    return {
        "number": field.number,
        "type": kind,
        "repeated": field.is_repeated and not is_map,
        "oneof": group.name if group is not None else None,
    }


def visit(message):
    messages[message.full_name] = {field.name: describe(field) for field in message.fields}
    for enum in message.enum_types:
        enums[enum.full_name] = {value.name: value.number for value in enum.values}
    for nested in message.nested_types:
        visit(nested)


protocol = (base_pb2, commands_pb2, expressions_pb2, relations_pb2, types_pb2, ml_pb2, ml_common_pb2)
for module in (*protocol, status_pb2, error_details_pb2):
    for message in module.DESCRIPTOR.message_types_by_name.values():
        visit(message)
for service in base_pb2.DESCRIPTOR.services_by_name.values():
    for method in service.methods:
        calls[method.name] = [method.input_type.full_name, method.output_type.full_name, method.server_streaming]
print(json.dumps({"messages": messages, "enums": enums, "calls": calls}))
