package io.dlms4j.examples.cli.syntax;

import static io.dlms4j.examples.cli.syntax.Composites.alternative;
import static io.dlms4j.examples.cli.syntax.Composites.choice;
import static io.dlms4j.examples.cli.syntax.Composites.field;
import static io.dlms4j.examples.cli.syntax.Composites.optional;
import static io.dlms4j.examples.cli.syntax.Composites.sequence;
import static io.dlms4j.examples.cli.syntax.Composites.sequenceOf;
import static io.dlms4j.examples.cli.syntax.Numbers.UNSIGNED16;
import static io.dlms4j.examples.cli.syntax.Numbers.UNSIGNED32;
import static io.dlms4j.examples.cli.syntax.Numbers.UNSIGNED8;

import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.InterfaceClasses;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.examples.cli.syntax.Numbers.Bits;
import io.dlms4j.examples.cli.syntax.Numbers.Width;

/** The types of Green Book 9.5 that several services share. */
final class CommonTypes {
  static final Type DATA = DataType.DATA;
  static final Type LIST_OF_DATA = sequenceOf(DATA);

  static final Type INVOKE_ID_AND_PRIORITY =
      Numbers.bits(
          Width.UNSIGNED8,
          Bits.number("invoke-id", 0, 4),
          Bits.reserved(4, 2),
          Bits.flag("service-class", 6, "unconfirmed", "confirmed"),
          Bits.flag("priority", 7, "normal", "high"));

  static final Type LONG_INVOKE_ID_AND_PRIORITY =
      Numbers.bits(
          Width.UNSIGNED32,
          Bits.number("long-invoke-id", 0, 24),
          Bits.reserved(24, 4),
          Bits.flag("self-descriptive", 28),
          Bits.flag("processing-option", 29, "continue-on-error", "break-on-error"),
          Bits.flag("service-class", 30, "unconfirmed", "confirmed"),
          Bits.flag("priority", 31, "normal", "high"));

  private static final Type CLASS_ID =
      Numbers.explained(
          Width.UNSIGNED16,
          (value, in) -> InterfaceClasses.ofId((int) value).map(InterfaceClass::name).orElse(""));

  private static final Type ATTRIBUTE_ID =
      Numbers.explained(
          Width.INTEGER8,
          (value, in) ->
              InterfaceClasses.ofId((int) in.last("class-id"))
                  .filter(type -> value >= 1 && value <= type.attributes().size())
                  .map(type -> type.attributeName((int) value))
                  .orElse(""));

  static final Type COSEM_ATTRIBUTE_DESCRIPTOR =
      sequence(
          field("class-id", CLASS_ID),
          field("instance-id", Strings.LOGICAL_NAME),
          field("attribute-id", ATTRIBUTE_ID));

  static final Type COSEM_METHOD_DESCRIPTOR =
      sequence(
          field("class-id", CLASS_ID),
          field("instance-id", Strings.LOGICAL_NAME),
          field("method-id", Numbers.INTEGER8));

  static final Type SELECTIVE_ACCESS_DESCRIPTOR =
      sequence(
          field(
              "access-selector",
              Numbers.explained(Width.UNSIGNED8, (value, in) -> selector(value, in))),
          field("access-parameters", DATA));

  static final Type ATTRIBUTE_DESCRIPTOR_LIST =
      sequenceOf(
          sequence(
              field("cosem-attribute-descriptor", COSEM_ATTRIBUTE_DESCRIPTOR),
              optional("access-selection", SELECTIVE_ACCESS_DESCRIPTOR)));

  static final Type METHOD_DESCRIPTOR_LIST = sequenceOf(COSEM_METHOD_DESCRIPTOR);

  static final Type DATA_ACCESS_RESULT =
      Numbers.enumerated(
          Width.UNSIGNED8, Numbers.names(DataAccessResult.values(), DataAccessResult::code));

  static final Type ACTION_RESULT =
      Numbers.enumerated(Width.UNSIGNED8, Numbers.names(ActionResult.values(), ActionResult::code));

  static final Type GET_DATA_RESULT =
      choice(
          alternative(0, "data", DATA), alternative(1, "data-access-result", DATA_ACCESS_RESULT));

  static final Type ACTION_RESPONSE_WITH_OPTIONAL_DATA =
      sequence(field("result", ACTION_RESULT), optional("return-parameters", GET_DATA_RESULT));

  /** A block that is the first and the last may be a value; of another, that cannot be told. */
  static final Type RAW_DATA =
      Strings.prefixed(
          Strings.holding(
              "data",
              () -> DATA,
              in -> in.last("last-block") == 1 && in.last("block-number") == 1));

  static final Type DATA_BLOCK_SA =
      sequence(
          field("last-block", Numbers.BOOLEAN),
          field("block-number", UNSIGNED32),
          field("raw-data", RAW_DATA));

  static final Type DATA_BLOCK_G =
      sequence(
          field("last-block", Numbers.BOOLEAN),
          field("block-number", UNSIGNED32),
          field(
              "result",
              choice(
                  alternative(0, "raw-data", RAW_DATA),
                  alternative(1, "data-access-result", DATA_ACCESS_RESULT))));

  static final Type SHORT_NAME_BLOCK =
      sequence(
          field("last-block", Numbers.BOOLEAN),
          field("block-number", UNSIGNED16),
          field("raw-data", Strings.OCTET_STRING));

  static final Type OBJECT_NAME =
      Numbers.explained(Width.UNSIGNED16, (value, in) -> "in hexadecimal %04X".formatted(value));

  static final Type VARIABLE_ACCESS_SPECIFICATIONS =
      sequenceOf(
          choice(
              alternative(2, "variable-name", OBJECT_NAME),
              alternative(
                  4,
                  "parameterized-access",
                  sequence(
                      field("variable-name", OBJECT_NAME),
                      field("selector", UNSIGNED8),
                      field("parameter", DATA))),
              alternative(5, "block-number-access", sequence(field("block-number", UNSIGNED16))),
              alternative(6, "read-data-block-access", SHORT_NAME_BLOCK),
              alternative(
                  7,
                  "write-data-block-access",
                  sequence(
                      field("last-block", Numbers.BOOLEAN), field("block-number", UNSIGNED16)))));

  private CommonTypes() {}

  /** Selectors are of a class; those of a profile's buffer are known. */
  private static String selector(long value, Walk in) {
    if (in.last("class-id") != ProfileGeneric.CLASS.classId() || in.last("attribute-id") != 2) {
      return "";
    }
    return value == 1 ? "range_descriptor" : value == 2 ? "entry_descriptor" : "";
  }
}
