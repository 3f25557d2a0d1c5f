package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerWriter;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.function.Consumer;

/** A certification authority for tests: X.509 by hand, from 2026 to 2046. */
final class TestAuthority {
  // ecdsa-with-SHA256, 1.2.840.10045.4.3.2, in a SEQUENCE
  private static final Octets ECDSA_WITH_SHA256 = Octets.ofHex("300A06082A8648CE3D040302");

  private final KeyPair pair =
      KeyAgreementScheme.generateKeyPair(SecuritySuite.SUITE_1, new SecureRandom());
  private int serial;

  PublicKey key() {
    return pair.getPublic();
  }

  CosemCertificate certify(SystemTitle title, Use use, PublicKey key) {
    serial++;
    // keyUsage, critical: digitalSignature or keyAgreement.
    Octets usage =
        Octets.ofHex(
            use == Use.DIGITAL_SIGNATURE
                ? "300E0603551D0F0101FF040403020780"
                : "300E0603551D0F0101FF040403020308");
    Octets toBeSigned =
        sequence(
            writer ->
                writer
                    .writeConstructed(0xA0, version -> version.writeInteger(0x02, 2))
                    .writeInteger(0x02, serial)
                    .writeElements(ECDSA_WITH_SHA256)
                    .writeElements(name("Test root"))
                    .writeConstructed(
                        0x30,
                        validity ->
                            validity
                                .writePrimitive(0x17, Octets.ofAscii("260101000000Z"))
                                .writePrimitive(0x17, Octets.ofAscii("460101000000Z")))
                    .writeElements(name(title.toString()))
                    .writeElements(Octets.view(key.getEncoded()))
                    .writeConstructed(
                        0xA3,
                        explicit ->
                            explicit.writeConstructed(0x30, list -> list.writeElements(usage))));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(toBeSigned.toByteArray());
      byte[] signed = signature.sign();
      byte[] bits = new byte[signed.length + 1];
      System.arraycopy(signed, 0, bits, 1, signed.length);
      return CosemCertificate.decode(
          sequence(
              writer ->
                  writer
                      .writeElements(toBeSigned)
                      .writeElements(ECDSA_WITH_SHA256)
                      .writePrimitive(0x03, Octets.view(bits))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Octets name(String commonName) {
    return sequence(
        writer ->
            writer.writeConstructed(
                0x31,
                set ->
                    set.writeConstructed(
                        0x30,
                        attribute ->
                            attribute
                                .writePrimitive(0x06, Octets.ofHex("550403"))
                                .writePrimitive(0x0C, Octets.ofAscii(commonName)))));
  }

  private static Octets sequence(Consumer<BerWriter> content) {
    return new BerWriter().writeConstructed(0x30, content).toOctets();
  }
}
