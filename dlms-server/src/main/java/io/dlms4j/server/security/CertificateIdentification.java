package io.dlms4j.server.security;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * certificate_identification: which certificate is exported or removed (Blue Book 4.4.7, methods 7
 * and 8).
 */
sealed interface CertificateIdentification {
  int BY_ENTITY = 0;
  int BY_SERIAL = 1;

  /** Whether a certificate is meant. */
  boolean means(HeldCertificate certificate);

  /** By whose it is and what for. Codes that mean nothing are kept: they mean no certificate. */
  record ByEntity(int entity, int type, Octets systemTitle) implements CertificateIdentification {
    @Override
    public boolean means(HeldCertificate certificate) {
      var title = certificate.title();
      return certificate.entity().code() == entity
          && certificate.type().code() == type
          && systemTitle.equals(title == null ? Octets.EMPTY : title.octets());
    }
  }

  /** By its issuer's number for it. */
  record BySerial(Octets serialNumber, Octets issuer) implements CertificateIdentification {
    @Override
    public boolean means(HeldCertificate certificate) {
      return certificate.fields().areOf(serialNumber, issuer);
    }
  }

  /**
   * Reads an identification.
   *
   * @return null if it is of a type that is not defined
   * @throws io.dlms4j.axdr.AxdrException if the parameter is of another type
   */
  static @Nullable CertificateIdentification decode(CosemData data) {
    List<CosemData> parts = data.structureOf(2);
    return switch (Parameters.enumeration(parts.get(0))) {
      case BY_ENTITY -> {
        List<CosemData> options = parts.get(1).structureOf(3);
        yield new ByEntity(
            Parameters.enumeration(options.get(0)),
            Parameters.enumeration(options.get(1)),
            options.get(2).octetStringValue());
      }
      case BY_SERIAL -> {
        List<CosemData> options = parts.get(1).structureOf(2);
        yield new BySerial(options.get(0).octetStringValue(), options.get(1).octetStringValue());
      }
      default -> null;
    };
  }
}
