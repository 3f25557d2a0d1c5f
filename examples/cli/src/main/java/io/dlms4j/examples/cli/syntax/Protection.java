package io.dlms4j.examples.cli.syntax;

import static io.dlms4j.examples.cli.syntax.Composites.alternative;
import static io.dlms4j.examples.cli.syntax.Composites.choice;
import static io.dlms4j.examples.cli.syntax.Composites.field;
import static io.dlms4j.examples.cli.syntax.Composites.optional;
import static io.dlms4j.examples.cli.syntax.Composites.sequence;
import static io.dlms4j.examples.cli.syntax.Strings.OCTET_STRING;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.examples.cli.syntax.Composites.Alternative;
import io.dlms4j.examples.cli.syntax.Composites.Field;
import io.dlms4j.examples.cli.syntax.Numbers.Bits;
import io.dlms4j.examples.cli.syntax.Numbers.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** APDUs that protect others (Green Book 9.2.7 and 9.5). */
final class Protection {
  static final String CIPHERED_SERVICE = "ciphered-service";
  static final String OCTETS = "octets";
  static final String TEXT = "text";
  private static final Type SECURITY_CONTROL =
      Numbers.bits(
          Width.UNSIGNED8,
          Bits.number("security-suite", 0, 4),
          Bits.flag("authenticated", 4),
          Bits.flag("encrypted", 5),
          Bits.flag("key-set", 6, "unicast", "broadcast"),
          Bits.flag("compressed", 7));

  private static final Type CONTENT =
      Strings.prefixed(
          sequence(
              field("security-control", SECURITY_CONTROL),
              field("invocation-counter", Numbers.UNSIGNED32),
              field(OCTETS, new ProtectedOctets())));

  private static final Type SYSTEM_TITLE = Strings.prefixed(Strings.SYSTEM_TITLE);

  private static final List<Field> GENERAL =
      List.of(
          field("transaction-id", OCTET_STRING),
          field("originator-system-title", SYSTEM_TITLE),
          field("recipient-system-title", SYSTEM_TITLE),
          field("date-time", Strings.DATE_TIME),
          field("other-information", OCTET_STRING));

  private static final Type KEY_INFO =
      choice(
          alternative(
              0,
              "identified-key",
              sequence(
                  field(
                      "key-id",
                      Numbers.enumerated(
                          Width.UNSIGNED8,
                          Numbers.names(
                              "global-unicast-encryption-key",
                              "global-broadcast-encryption-key"))))),
          alternative(
              1,
              "wrapped-key",
              sequence(
                  field("kek-id", Numbers.enumerated(Width.UNSIGNED8, Numbers.names("master-key"))),
                  field("key-ciphered-data", OCTET_STRING))),
          alternative(
              2,
              "agreed-key",
              sequence(
                  field("key-parameters", OCTET_STRING),
                  field("key-ciphered-data", OCTET_STRING))));

  private static final Type BLOCK_CONTROL =
      Numbers.bits(
          Width.UNSIGNED8,
          Bits.number("window", 0, 6),
          Bits.flag("streaming", 6),
          Bits.flag("last-block", 7));

  static final List<Alternative> APDUS = apdus();

  private Protection() {}

  private static List<Alternative> apdus() {
    List<Alternative> apdus = new ArrayList<>();
    Type whole = new Protected(CONTENT);
    for (CipheredService service : CipheredService.values()) {
      String name = Xdlms.nameOf(service.plainTag());
      apdus.add(alternative(service.tag(false), "glo-" + name, whole));
      apdus.add(alternative(service.tag(true), "ded-" + name, whole));
    }
    Type withSystemTitle =
        new Protected(
            sequence(field("system-title", SYSTEM_TITLE), field(CIPHERED_SERVICE, CONTENT)));
    apdus.add(alternative(219, "general-glo-ciphering", withSystemTitle));
    apdus.add(alternative(220, "general-ded-ciphering", withSystemTitle));
    apdus.add(
        alternative(
            221,
            "general-ciphering",
            general(optional("key-info", KEY_INFO), field(CIPHERED_SERVICE, CONTENT))));
    apdus.add(
        alternative(
            223,
            "general-signing",
            general(field("content", nested(in -> true)), field("signature", OCTET_STRING))));
    apdus.add(
        alternative(
            224,
            "general-block-transfer",
            sequence(
                field("block-control", BLOCK_CONTROL),
                field("block-number", Numbers.UNSIGNED16),
                field("block-number-ack", Numbers.UNSIGNED16),
                field(
                    "block-data",
                    nested(in -> in.last("last-block") == 1 && in.last("block-number") == 1)))));
    return apdus;
  }

  private static Type nested(Predicate<Walk> condition) {
    return Strings.prefixed(Strings.holding("APDU", () -> Apdus.ANY, condition));
  }

  private static Type general(Field... further) {
    List<Field> fields = new ArrayList<>(GENERAL);
    fields.addAll(List.of(further));
    return new Protected(sequence(fields.toArray(Field[]::new)));
  }

  /** Ciphertext or text, and an authentication tag behind it; one hexadecimal text in JSON. */
  private record ProtectedOctets() implements Type {
    private static final int TAG_LENGTH = 12;
    private static final Type HELD = Strings.holding("APDU", () -> Apdus.ANY, in -> true);

    @Override
    public void read(Walk in) {
      boolean tagged = in.last("authenticated") == 1 && in.remaining() >= TAG_LENGTH;
      int length = in.remaining() - (tagged ? TAG_LENGTH : 0);
      int start = in.position();
      boolean encrypted = in.last("encrypted") == 1;
      in.open(encrypted ? "ciphertext" : TEXT);
      in.within(length, encrypted ? Strings.OCTETS : HELD);
      in.close();
      if (tagged) {
        in.open("authentication-tag");
        in.meaning(in.octets(TAG_LENGTH).toString()).close();
      }
      in.value(in.since(start).toHex());
    }

    @Override
    public void write(Json from, AxdrWriter to) {
      to.writeOctets(from.octets());
    }
  }
}
