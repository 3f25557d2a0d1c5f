package io.dlms4j.server.security;

import static io.dlms4j.cosem.classes.SecuritySetup.CERTIFICATES;
import static io.dlms4j.cosem.classes.SecuritySetup.CLASS;
import static io.dlms4j.cosem.classes.SecuritySetup.SECURITY_POLICY;
import static io.dlms4j.cosem.classes.SecuritySetup.SECURITY_SUITE;
import static io.dlms4j.cosem.classes.SecuritySetup.SERVER_SYSTEM_TITLE;
import static io.dlms4j.cosem.classes.SecuritySetup.VERSION_0;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.ClientContext;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.CosemObjectBuilder;
import io.dlms4j.server.ReadResult;
import java.util.List;
import java.util.function.Function;

/** A security setup as an object: class_id 64, version 0 or 1 (Blue Book 4.4.7). */
final class SecuritySetupObject {
  private SecuritySetupObject() {}

  static CosemObject of(SecuritySetup setup) {
    CosemObjectBuilder object =
        CosemObject.builder(setup.version() == 0 ? VERSION_0 : CLASS, setup.logicalName())
            .attribute(SECURITY_POLICY, () -> policy(setup))
            .attribute(SECURITY_SUITE, setup::suite)
            .attribute(
                4, List.of(), request -> ReadResult.of(clientSystemTitle(setup, request.client())))
            .attribute(SERVER_SYSTEM_TITLE, () -> setup.serverSystemTitle().octets());
    if (setup.version() > 0) {
      object.attribute(
          CERTIFICATES, () -> setup.certificates().stream().map(HeldCertificate::info).toList());
    }
    KeyMethods keys = new KeyMethods(setup);
    method(object, setup, 1, keys::securityActivate);
    method(object, setup, 2, keys::keyTransfer);
    // In suite 0 there is nothing that the other methods could do: they are optional, and not
    // there.
    if (setup.version() > 0 && setup.suite().hasPublicKeys()) {
      object.method(
          3,
          request ->
              setup.invoke(keys.keyAgreement(request.parameters().value(), request.client())));
      CertificateMethods certificates = new CertificateMethods(setup);
      method(object, setup, 4, certificates::generateKeyPair);
      method(object, setup, 5, certificates::generateCertificateRequest);
      method(object, setup, 6, certificates::importCertificate);
      method(object, setup, 7, certificates::exportCertificate);
      method(object, setup, 8, certificates::removeCertificate);
    }
    return object.build();
  }

  /** The parameters are read at once, and carried out when their turn comes. */
  private static void method(
      CosemObjectBuilder object,
      SecuritySetup setup,
      int index,
      Function<CosemData, Change> method) {
    object.method(index, request -> setup.invoke(method.apply(request.parameters().value())));
  }

  private static int policy(SecuritySetup setup) {
    return setup.version() == 0 ? setup.policy().toVersion0() : setup.policy().toVersion1();
  }

  private static CosemData clientSystemTitle(SecuritySetup setup, ClientContext client) {
    SystemTitle pinned = setup.clientSystemTitle();
    SystemTitle title = pinned == null ? SecuritySetup.systemTitle(client) : pinned;
    return CosemData.octetString(title == null ? Octets.EMPTY : title.octets());
  }
}
