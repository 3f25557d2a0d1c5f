package io.dlms4j.cosem.apdu;

import java.util.List;

/** What the numbers of a ConfirmedServiceError are called (Green Book 9.5; IEC 61334-4-41). */
final class ServiceErrors {
  /** ConfirmedServiceError ::= CHOICE, from [1] on. */
  private static final List<String> SERVICES =
      List.of(
          "initiateError",
          "getStatus",
          "getNameList",
          "getVariableAttribute",
          "read",
          "write",
          "getDataSetAttribute",
          "getTIAttribute",
          "changeScope",
          "start",
          "stop",
          "resume",
          "makeUsable",
          "initiateLoad",
          "loadSegment",
          "terminateLoad",
          "initiateUpLoad",
          "upLoadSegment",
          "terminateUpLoad");

  /** One choice of ServiceError, with its values from 0 on. */
  private record Choice(String name, List<String> values) {
    Choice(String name, String... values) {
      this(name, List.of(values));
    }
  }

  /** ServiceError ::= CHOICE, from [0] on. */
  private static final List<Choice> ERRORS =
      List.of(
          new Choice(
              "application-reference",
              "other",
              "time-elapsed",
              "application-unreachable",
              "application-reference-invalid",
              "application-context-unsupported",
              "provider-communication-error",
              "deciphering-error"),
          new Choice(
              "hardware-resource",
              "other",
              "memory-unavailable",
              "processor-resource-unavailable",
              "mass-storage-unavailable",
              "other-resource-unavailable"),
          new Choice(
              "vde-state-error",
              "other",
              "no-dlms-context",
              "loading-data-set",
              "status-nochange",
              "status-inoperable"),
          new Choice("service", "other", "pdu-size", "service-unsupported"),
          new Choice(
              "definition",
              "other",
              "object-undefined",
              "object-class-inconsistent",
              "object-attribute-inconsistent"),
          new Choice(
              "access",
              "other",
              "scope-of-access-violated",
              "object-access-violated",
              "hardware-fault",
              "object-unavailable"),
          new Choice(
              "initiate",
              "other",
              "dlms-version-too-low",
              "incompatible-conformance",
              "pdu-size-too-short",
              "refused-by-the-VDE-Handler"),
          new Choice(
              "load-data-set",
              "other",
              "primitive-out-of-sequence",
              "not-loadable",
              "dataset-size-too-large",
              "not-awaited-segment",
              "interpretation-failure",
              "storage-failure",
              "data-set-not-ready"),
          // Reserved by the standard, which gives it no values.
          new Choice("change-scope"),
          new Choice(
              "task", "other", "no-remote-control", "ti-stopped", "ti-running", "ti-unusable"),
          new Choice("other", "other"));

  private ServiceErrors() {}

  static String service(int service) {
    return service >= 1 && service <= SERVICES.size()
        ? SERVICES.get(service - 1)
        : "service " + service;
  }

  static String error(int error) {
    return error < ERRORS.size() ? ERRORS.get(error).name() : "error " + error;
  }

  static String value(int error, int value) {
    return error < ERRORS.size() && value < ERRORS.get(error).values().size()
        ? ERRORS.get(error).values().get(value)
        : "value " + value;
  }
}
