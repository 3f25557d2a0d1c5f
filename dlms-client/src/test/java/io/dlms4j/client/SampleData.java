package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.KeyInfo;
import io.dlms4j.cosem.classes.CertificateEntity;
import io.dlms4j.cosem.classes.CertificateIdentification;
import io.dlms4j.cosem.classes.CertificateType;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.ProtectionOptions;
import io.dlms4j.cosem.classes.PushProtection;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.cosem.classes.ValueShape;
import io.dlms4j.cosem.classes.ValueType;
import java.time.LocalDateTime;
import java.util.List;

/** A value of any type, made up from its shape. */
final class SampleData {
  private static final Octets TEXT = Octets.ofAscii("dlms4j");
  private static final CosemDateTime NOW =
      CosemDateTime.of(LocalDateTime.of(2026, 11, 28, 9, 30), -60, 0);

  private SampleData() {}

  /** Values of types whose shape does not tell all. */
  private static CosemData choice(String name) {
    return switch (name) {
      case "push_protection_parameters_element" ->
          PushProtection.TYPE.encode(
              new PushProtection(
                  1, new ProtectionOptions(TEXT, TEXT, TEXT, TEXT, new KeyInfo.IdentifiedKey(0))));
      case "certificate_identification" ->
          CertificateIdentification.TYPE.encode(
              new CertificateIdentification.ByEntity(
                  CertificateEntity.SERVER, CertificateType.DIGITAL_SIGNATURE, TEXT));
      case "range_descriptor" ->
          new RangeDescriptor(
                  ServiceMeter.CLOCK, CosemData.unsigned(1), CosemData.unsigned(2), List.of())
              .encode();
      case "entry_descriptor" -> new EntryDescriptor(1, 2, 1, 0).encode();
      default -> CosemData.doubleLongUnsigned(189_197);
    };
  }

  static <T> T of(ValueType<T> type) {
    return type.decodeExactly(data(type));
  }

  /** Data that are of no declared type but of any: there is no such bcd in the Blue Book. */
  static CosemData wrong() {
    return new CosemData.BcdData(0x42);
  }

  static CosemData data(ValueType<?> type) {
    ValueShape shape = type.shape();
    if (type.name().equals("push_protection_parameters_element")
        || type.name().equals("certificate_identification")) {
      return choice(type.name());
    }
    if (shape instanceof ValueShape.Simple simple) {
      return simple(simple.tag());
    }
    if (shape instanceof ValueShape.OctetStringOf octets) {
      return CosemData.octetString(
          switch (octets.content()) {
            case LOGICAL_NAME -> Octets.of(0, 0, 10, 0, 100, 255);
            case DATE_TIME -> NOW.encode();
            case DATE -> CosemDate.of(LocalDateTime.of(2026, 11, 28, 0, 0).toLocalDate()).encode();
            case TIME -> CosemTime.of(LocalDateTime.of(2026, 11, 28, 9, 30).toLocalTime()).encode();
          });
    }
    if (shape instanceof ValueShape.BitString bits) {
      int length = bits.bits() == 0 ? 8 : bits.bits();
      return new CosemData.BitStringData(Octets.view(new byte[(length + 7) / 8]), length);
    }
    if (shape instanceof ValueShape.Enumeration names) {
      return CosemData.enumerated(names.names().isEmpty() ? 0 : names.names().lastKey());
    }
    if (shape instanceof ValueShape.ArrayOf array) {
      return CosemData.array(data(array.element()), data(array.element()));
    }
    if (shape instanceof ValueShape.Structure structure) {
      return CosemData.structure(
          structure.fields().stream().map(field -> data(field.type())).toList());
    }
    return shape instanceof ValueShape.OrNull orNull ? data(orNull.type()) : choice(type.name());
  }

  private static CosemData simple(DataTag tag) {
    return switch (tag) {
      case BOOLEAN -> CosemData.bool(true);
      case INTEGER -> CosemData.integer(-7);
      case LONG -> CosemData.longInteger(-700);
      case DOUBLE_LONG -> CosemData.doubleLong(-70_000);
      case UNSIGNED -> CosemData.unsigned(200);
      case LONG_UNSIGNED -> CosemData.longUnsigned(50_000);
      case DOUBLE_LONG_UNSIGNED -> CosemData.doubleLongUnsigned(4_000_000_000L);
      case OCTET_STRING -> CosemData.octetString(TEXT);
      case VISIBLE_STRING -> CosemData.visibleString("dlms4j");
      default -> throw new AssertionError(tag);
    };
  }
}
