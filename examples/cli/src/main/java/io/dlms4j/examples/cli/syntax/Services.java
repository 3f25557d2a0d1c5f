package io.dlms4j.examples.cli.syntax;

import static io.dlms4j.examples.cli.syntax.CommonTypes.ACTION_RESPONSE_WITH_OPTIONAL_DATA;
import static io.dlms4j.examples.cli.syntax.CommonTypes.ACTION_RESULT;
import static io.dlms4j.examples.cli.syntax.CommonTypes.ATTRIBUTE_DESCRIPTOR_LIST;
import static io.dlms4j.examples.cli.syntax.CommonTypes.COSEM_ATTRIBUTE_DESCRIPTOR;
import static io.dlms4j.examples.cli.syntax.CommonTypes.COSEM_METHOD_DESCRIPTOR;
import static io.dlms4j.examples.cli.syntax.CommonTypes.DATA;
import static io.dlms4j.examples.cli.syntax.CommonTypes.DATA_ACCESS_RESULT;
import static io.dlms4j.examples.cli.syntax.CommonTypes.DATA_BLOCK_G;
import static io.dlms4j.examples.cli.syntax.CommonTypes.DATA_BLOCK_SA;
import static io.dlms4j.examples.cli.syntax.CommonTypes.GET_DATA_RESULT;
import static io.dlms4j.examples.cli.syntax.CommonTypes.INVOKE_ID_AND_PRIORITY;
import static io.dlms4j.examples.cli.syntax.CommonTypes.LIST_OF_DATA;
import static io.dlms4j.examples.cli.syntax.CommonTypes.LONG_INVOKE_ID_AND_PRIORITY;
import static io.dlms4j.examples.cli.syntax.CommonTypes.METHOD_DESCRIPTOR_LIST;
import static io.dlms4j.examples.cli.syntax.CommonTypes.SELECTIVE_ACCESS_DESCRIPTOR;
import static io.dlms4j.examples.cli.syntax.CommonTypes.SHORT_NAME_BLOCK;
import static io.dlms4j.examples.cli.syntax.CommonTypes.VARIABLE_ACCESS_SPECIFICATIONS;
import static io.dlms4j.examples.cli.syntax.Composites.NULL;
import static io.dlms4j.examples.cli.syntax.Composites.alternative;
import static io.dlms4j.examples.cli.syntax.Composites.choice;
import static io.dlms4j.examples.cli.syntax.Composites.field;
import static io.dlms4j.examples.cli.syntax.Composites.optional;
import static io.dlms4j.examples.cli.syntax.Composites.sequence;
import static io.dlms4j.examples.cli.syntax.Composites.sequenceOf;
import static io.dlms4j.examples.cli.syntax.Numbers.UNSIGNED16;
import static io.dlms4j.examples.cli.syntax.Numbers.UNSIGNED32;
import static io.dlms4j.examples.cli.syntax.Strings.DATE_TIME;

import io.dlms4j.examples.cli.syntax.Composites.Alternative;
import io.dlms4j.examples.cli.syntax.Composites.Field;
import java.util.List;

/** The services of Green Book 9.5, each as its APDU's tag, name and type. */
final class Services {
  private static final Field INVOKE_ID = field("invoke-id-and-priority", INVOKE_ID_AND_PRIORITY);
  private static final Field LONG_INVOKE_ID =
      field("long-invoke-id-and-priority", LONG_INVOKE_ID_AND_PRIORITY);
  private static final Field BLOCK_NUMBER = field("block-number", UNSIGNED32);
  private static final Field ATTRIBUTE =
      field("cosem-attribute-descriptor", COSEM_ATTRIBUTE_DESCRIPTOR);
  private static final Field ATTRIBUTE_LIST =
      field("attribute-descriptor-list", ATTRIBUTE_DESCRIPTOR_LIST);
  private static final Field METHOD = field("cosem-method-descriptor", COSEM_METHOD_DESCRIPTOR);
  private static final Field METHOD_LIST =
      field("cosem-method-descriptor-list", METHOD_DESCRIPTOR_LIST);
  private static final Field SELECTION = optional("access-selection", SELECTIVE_ACCESS_DESCRIPTOR);
  private static final Field DATA_BLOCK = field("datablock", DATA_BLOCK_SA);
  private static final Field P_BLOCK = field("pblock", DATA_BLOCK_SA);
  private static final Field RESULT = field("result", DATA_ACCESS_RESULT);
  private static final Field RESULT_LIST = field("result", sequenceOf(DATA_ACCESS_RESULT));
  private static final Field VARIABLES =
      field("variable-access-specification", VARIABLE_ACCESS_SPECIFICATIONS);
  private static final Field DATA_LIST = field("list-of-data", LIST_OF_DATA);

  private static final Type ACCESS_REQUEST_SPECIFICATIONS =
      sequenceOf(
          choice(
              alternative(1, "access-request-get", sequence(ATTRIBUTE)),
              alternative(2, "access-request-set", sequence(ATTRIBUTE)),
              alternative(3, "access-request-action", sequence(METHOD)),
              alternative(
                  4,
                  "access-request-get-with-selection",
                  sequence(ATTRIBUTE, field("access-selection", SELECTIVE_ACCESS_DESCRIPTOR))),
              alternative(
                  5,
                  "access-request-set-with-selection",
                  sequence(ATTRIBUTE, field("access-selection", SELECTIVE_ACCESS_DESCRIPTOR)))));

  private static final Type ACCESS_RESPONSE_SPECIFICATIONS =
      sequenceOf(
          choice(
              alternative(1, "access-response-get", sequence(RESULT)),
              alternative(2, "access-response-set", sequence(RESULT)),
              alternative(3, "access-response-action", sequence(field("result", ACTION_RESULT)))));

  /** GET, SET, ACTION and notifications, with logical names. */
  static final List<Alternative> LOGICAL_NAMES =
      List.of(
          alternative(
              192,
              "get-request",
              choice(
                  alternative(1, "get-request-normal", sequence(INVOKE_ID, ATTRIBUTE, SELECTION)),
                  alternative(2, "get-request-next", sequence(INVOKE_ID, BLOCK_NUMBER)),
                  alternative(3, "get-request-with-list", sequence(INVOKE_ID, ATTRIBUTE_LIST)))),
          alternative(
              193,
              "set-request",
              choice(
                  alternative(
                      1,
                      "set-request-normal",
                      sequence(INVOKE_ID, ATTRIBUTE, SELECTION, field("value", DATA))),
                  alternative(
                      2,
                      "set-request-with-first-datablock",
                      sequence(INVOKE_ID, ATTRIBUTE, SELECTION, DATA_BLOCK)),
                  alternative(3, "set-request-with-datablock", sequence(INVOKE_ID, DATA_BLOCK)),
                  alternative(
                      4,
                      "set-request-with-list",
                      sequence(INVOKE_ID, ATTRIBUTE_LIST, field("value-list", LIST_OF_DATA))),
                  alternative(
                      5,
                      "set-request-with-list-and-first-datablock",
                      sequence(INVOKE_ID, ATTRIBUTE_LIST, DATA_BLOCK)))),
          alternative(
              194,
              "event-notification-request",
              sequence(optional("time", DATE_TIME), ATTRIBUTE, field("attribute-value", DATA))),
          alternative(
              195,
              "action-request",
              choice(
                  alternative(
                      1,
                      "action-request-normal",
                      sequence(INVOKE_ID, METHOD, optional("method-invocation-parameters", DATA))),
                  alternative(2, "action-request-next-pblock", sequence(INVOKE_ID, BLOCK_NUMBER)),
                  alternative(
                      3,
                      "action-request-with-list",
                      sequence(
                          INVOKE_ID,
                          METHOD_LIST,
                          field("method-invocation-parameters", LIST_OF_DATA))),
                  alternative(
                      4, "action-request-with-first-pblock", sequence(INVOKE_ID, METHOD, P_BLOCK)),
                  alternative(
                      5,
                      "action-request-with-list-and-first-pblock",
                      sequence(INVOKE_ID, METHOD_LIST, P_BLOCK)),
                  alternative(6, "action-request-with-pblock", sequence(INVOKE_ID, P_BLOCK)))),
          alternative(
              196,
              "get-response",
              choice(
                  alternative(
                      1,
                      "get-response-normal",
                      sequence(INVOKE_ID, field("result", GET_DATA_RESULT))),
                  alternative(
                      2,
                      "get-response-with-datablock",
                      sequence(INVOKE_ID, field("result", DATA_BLOCK_G))),
                  alternative(
                      3,
                      "get-response-with-list",
                      sequence(INVOKE_ID, field("result", sequenceOf(GET_DATA_RESULT)))))),
          alternative(
              197,
              "set-response",
              choice(
                  alternative(1, "set-response-normal", sequence(INVOKE_ID, RESULT)),
                  alternative(2, "set-response-datablock", sequence(INVOKE_ID, BLOCK_NUMBER)),
                  alternative(
                      3, "set-response-last-datablock", sequence(INVOKE_ID, RESULT, BLOCK_NUMBER)),
                  alternative(
                      4,
                      "set-response-last-datablock-with-list",
                      sequence(INVOKE_ID, RESULT_LIST, BLOCK_NUMBER)),
                  alternative(5, "set-response-with-list", sequence(INVOKE_ID, RESULT_LIST)))),
          alternative(
              199,
              "action-response",
              choice(
                  alternative(
                      1,
                      "action-response-normal",
                      sequence(
                          INVOKE_ID, field("single-response", ACTION_RESPONSE_WITH_OPTIONAL_DATA))),
                  alternative(2, "action-response-with-pblock", sequence(INVOKE_ID, P_BLOCK)),
                  alternative(
                      3,
                      "action-response-with-list",
                      sequence(
                          INVOKE_ID,
                          field(
                              "list-of-responses",
                              sequenceOf(ACTION_RESPONSE_WITH_OPTIONAL_DATA)))),
                  alternative(
                      4, "action-response-next-pblock", sequence(INVOKE_ID, BLOCK_NUMBER)))));

  /** ACCESS and DataNotification. */
  static final List<Alternative> ANY_NAMES =
      List.of(
          alternative(
              15,
              "data-notification",
              sequence(
                  LONG_INVOKE_ID, field("date-time", DATE_TIME), field("notification-body", DATA))),
          alternative(
              16,
              "data-notification-confirm",
              sequence(LONG_INVOKE_ID, field("date-time", DATE_TIME))),
          alternative(
              217,
              "access-request",
              sequence(
                  LONG_INVOKE_ID,
                  field("date-time", DATE_TIME),
                  field(
                      "access-request-body",
                      sequence(
                          field("access-request-specification", ACCESS_REQUEST_SPECIFICATIONS),
                          field("access-request-list-of-data", LIST_OF_DATA))))),
          alternative(
              218,
              "access-response",
              sequence(
                  LONG_INVOKE_ID,
                  field("date-time", DATE_TIME),
                  field(
                      "access-response-body",
                      sequence(
                          optional("access-request-specification", ACCESS_REQUEST_SPECIFICATIONS),
                          field("access-response-list-of-data", LIST_OF_DATA),
                          field(
                              "access-response-specification", ACCESS_RESPONSE_SPECIFICATIONS))))));

  /** Read, Write, UnconfirmedWrite and InformationReport. */
  static final List<Alternative> SHORT_NAMES =
      List.of(
          alternative(5, "readRequest", VARIABLE_ACCESS_SPECIFICATIONS),
          alternative(6, "writeRequest", sequence(VARIABLES, DATA_LIST)),
          alternative(
              12,
              "readResponse",
              sequenceOf(
                  choice(
                      alternative(0, "data", DATA),
                      alternative(1, "data-access-error", DATA_ACCESS_RESULT),
                      alternative(2, "data-block-result", SHORT_NAME_BLOCK),
                      alternative(3, "block-number", UNSIGNED16)))),
          alternative(
              13,
              "writeResponse",
              sequenceOf(
                  choice(
                      alternative(0, "success", NULL),
                      alternative(1, "data-access-error", DATA_ACCESS_RESULT),
                      alternative(2, "block-number", UNSIGNED16)))),
          alternative(22, "unconfirmedWriteRequest", sequence(VARIABLES, DATA_LIST)),
          alternative(
              24,
              "informationReportRequest",
              sequence(optional("current-time", DATE_TIME), VARIABLES, DATA_LIST)));

  private Services() {}
}
