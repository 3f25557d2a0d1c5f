package io.dlms4j.examples.cli.syntax;

import static io.dlms4j.examples.cli.syntax.BerTypes.integer;
import static io.dlms4j.examples.cli.syntax.BerTypes.octetString;
import static io.dlms4j.examples.cli.syntax.BerTypes.optional;
import static io.dlms4j.examples.cli.syntax.BerTypes.required;
import static io.dlms4j.examples.cli.syntax.BerTypes.sequence;
import static io.dlms4j.examples.cli.syntax.Composites.alternative;
import static io.dlms4j.examples.cli.syntax.Composites.field;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.acse.RLRE;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic.Source;
import io.dlms4j.examples.cli.syntax.BerTypes.Element;
import io.dlms4j.examples.cli.syntax.Composites.Alternative;
import io.dlms4j.examples.cli.syntax.Numbers.Width;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The APDUs of ACSE (Green Book 9.5), in BER. */
final class Acse {
  private static final Type CONTEXT_NAME = BerTypes.objectIdentifier(Acse::contextName);
  private static final Type MECHANISM_NAME = BerTypes.implicitObjectIdentifier(Acse::mechanismName);
  private static final Type SYSTEM_TITLE = octetString(Strings.SYSTEM_TITLE);
  private static final Type CLIENT_TITLE =
      octetString(new Learnt(Strings.SYSTEM_TITLE, Session::learnClient));
  private static final Type SERVER_TITLE =
      octetString(new Learnt(Strings.SYSTEM_TITLE, Session::learnServer));
  private static final Type OCTET_STRING = octetString(Strings.OCTETS);
  private static final Type INTEGER = integer(Numbers.INTEGER);
  private static final Type ACSE_REQUIREMENTS = BerTypes.bitString("authentication");

  private static final Element PROTOCOL_VERSION =
      optional(0x80, "protocol-version", BerTypes.bitString("version1"));
  private static final Element APPLICATION_CONTEXT_NAME =
      required(0xA1, "application-context-name", CONTEXT_NAME);
  private static final Element IMPLEMENTATION_INFORMATION =
      optional(0x9D, "implementation-information", Strings.TEXT);
  private static final Element USER_INFORMATION =
      optional(
          0xBE,
          "user-information",
          octetString(Strings.holding("xDLMS-APDU", () -> Apdus.XDLMS, in -> true)));

  private static final Type AUTHENTICATION_VALUE =
      BerTypes.choice(
          alternative(0x80, "charstring", Strings.TEXT),
          alternative(0x81, "bitstring", BerTypes.bitString()),
          alternative(0xA2, "external", Strings.OCTETS),
          alternative(
              0xA3,
              "other",
              Composites.sequence(
                  field("other-mechanism-name", BerTypes.objectIdentifier(Acse::mechanismName)),
                  field("other-mechanism-value", Strings.OCTETS))));

  static final List<Alternative> APDUS =
      List.of(
          apdu(
              0x60,
              "AARQ",
              PROTOCOL_VERSION,
              APPLICATION_CONTEXT_NAME,
              optional(0xA2, "called-AP-title", SYSTEM_TITLE),
              optional(0xA3, "called-AE-qualifier", OCTET_STRING),
              optional(0xA4, "called-AP-invocation-id", INTEGER),
              optional(0xA5, "called-AE-invocation-id", INTEGER),
              optional(0xA6, "calling-AP-title", CLIENT_TITLE),
              optional(0xA7, "calling-AE-qualifier", OCTET_STRING),
              optional(0xA8, "calling-AP-invocation-id", INTEGER),
              optional(0xA9, "calling-AE-invocation-id", INTEGER),
              optional(0x8A, "sender-acse-requirements", ACSE_REQUIREMENTS),
              optional(0x8B, "mechanism-name", MECHANISM_NAME),
              optional(0xAC, "calling-authentication-value", AUTHENTICATION_VALUE),
              IMPLEMENTATION_INFORMATION,
              USER_INFORMATION),
          apdu(
              0x61,
              "AARE",
              PROTOCOL_VERSION,
              APPLICATION_CONTEXT_NAME,
              required(
                  0xA2,
                  "result",
                  named(Numbers.names(AssociationResult.values(), AssociationResult::code))),
              required(
                  0xA3,
                  "result-source-diagnostic",
                  BerTypes.choice(
                      alternative(
                          0xA1, "acse-service-user", named(diagnostics(Source.ACSE_SERVICE_USER))),
                      alternative(
                          0xA2,
                          "acse-service-provider",
                          named(diagnostics(Source.ACSE_SERVICE_PROVIDER))))),
              optional(0xA4, "responding-AP-title", SERVER_TITLE),
              optional(0xA5, "responding-AE-qualifier", OCTET_STRING),
              optional(0xA6, "responding-AP-invocation-id", INTEGER),
              optional(0xA7, "responding-AE-invocation-id", INTEGER),
              optional(0x88, "responder-acse-requirements", ACSE_REQUIREMENTS),
              optional(0x89, "mechanism-name", MECHANISM_NAME),
              optional(0xAA, "responding-authentication-value", AUTHENTICATION_VALUE),
              IMPLEMENTATION_INFORMATION,
              USER_INFORMATION),
          apdu(
              0x62,
              "RLRQ",
              optional(
                  0x80,
                  "reason",
                  Numbers.enumerated(
                      Width.INTEGER, Numbers.names(RLRQ.Reason.values(), RLRQ.Reason::code))),
              USER_INFORMATION),
          apdu(
              0x63,
              "RLRE",
              optional(
                  0x80,
                  "reason",
                  Numbers.enumerated(
                      Width.INTEGER, Numbers.names(RLRE.Reason.values(), RLRE.Reason::code))),
              USER_INFORMATION));

  private Acse() {}

  /** The tag is the choice's octet; a length follows. */
  private static Alternative apdu(int tag, String name, Element... elements) {
    return alternative(tag, name, Strings.prefixed(sequence(elements)));
  }

  private static Type named(Map<Long, String> names) {
    return integer(Numbers.enumerated(Width.INTEGER, names));
  }

  private static Map<Long, String> diagnostics(Source source) {
    Map<Long, String> names = new LinkedHashMap<>();
    for (int code = 0; code <= 0xFF; code++) {
      String name =
          new ResultSourceDiagnostic(source, code)
              .toString()
              .replaceFirst("^[^:]*: ", "")
              .replaceFirst(" \\(.*", "");
      if (!name.equals("diagnostic " + code)) {
        names.put((long) code, name);
      }
    }
    return names;
  }

  private static String contextName(Octets octets) {
    String name = new ApplicationContextName(octets).toString();
    return name.startsWith("unknown") ? "" : name;
  }

  private static String mechanismName(Octets octets) {
    String name = new MechanismName(octets).toString();
    return name.startsWith("unknown") ? "" : name;
  }
}
