package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.classes.ObjectListElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * The current association as an object: Association LN (Blue Book 4.4.4). It is of version 0; of
 * version 1, which knows authenticated access and the Security setup, if an association of the
 * device has a security at all.
 */
final class AssociationLnObject {
  /** The logical name by which every client finds the association it is in. */
  static final ObisCode LOGICAL_NAME = new ObisCode(0, 0, 40, 0, 0, 255);

  private static final int CLASS_ID = 15;
  private static final int ASSOCIATED = 2;
  private static final int CONFORMANCE_BITS = 8 * Conformance.OCTETS;

  private AssociationLnObject() {}

  static CosemObject create(Collection<AssociationOffer> offers) {
    boolean secured =
        offers.stream()
            .anyMatch(offer -> offer.config().security() != null || offer.securitySetup() != null);
    CosemObjectBuilder object = builder(secured ? 1 : 0);
    if (offers.stream().anyMatch(offer -> offer.secretChange() != null)) {
      object.attribute(
          7, List.of(), request -> AssociationSecrets.read(), AssociationSecrets::write);
    }
    if (secured) {
      object.attribute(9, List.of(), request -> ReadResult.of(securitySetup(request.client())));
    }
    if (offers.stream().anyMatch(AssociationOffer::hasHighLevelSecurity)) {
      object.method(1, request -> AssociationSecrets.reply());
      object.method(2, AssociationSecrets::change);
    }
    return object.build();
  }

  /** Security_setup_reference: the name of the object, or nothing. */
  private static CosemData securitySetup(ClientContext client) {
    ObisCode name = AssociationSecrets.offer(client).securitySetup();
    return CosemData.octetString(name == null ? Octets.EMPTY : name.toOctets());
  }

  private static CosemObjectBuilder builder(int version) {
    return CosemObject.builder(CLASS_ID, version, LOGICAL_NAME)
        .attribute(2, List.of(), request -> ReadResult.of(objectList(request.client())))
        .attribute(3, List.of(), request -> ReadResult.of(partners(request.client())))
        .attribute(
            4,
            List.of(),
            request ->
                ReadResult.of(
                    CosemData.octetString(
                        request.client().negotiated().applicationContextName().objectIdentifier())))
        .attribute(5, List.of(), request -> ReadResult.of(contextInfo(request.client())))
        .attribute(
            6,
            List.of(),
            request ->
                ReadResult.of(
                    CosemData.octetString(
                        request.client().config().mechanismName().objectIdentifier())))
        .attribute(8, () -> CosemData.enumerated(ASSOCIATED));
  }

  /**
   * The header, and then one object a piece: an object list of hundreds is never built as a whole.
   */
  private static DataStream objectList(ClientContext client) {
    List<CosemObject> seen =
        client.device().objects().stream().filter(client.policy()::sees).toList();
    Iterator<CosemObject> rest = seen.iterator();
    return DataStream.ofArray(
        seen.size(), rest, (writer, object) -> writer.writeData(element(client, object).encode()));
  }

  private static ObjectListElement element(ClientContext client, CosemObject object) {
    return new ObjectListElement(
        object.classId(),
        object.version(),
        object.logicalName(),
        attributeRights(client, object),
        methodRights(client, object));
  }

  private static List<ObjectListElement.AttributeAccess> attributeRights(
      ClientContext client, CosemObject object) {
    List<ObjectListElement.AttributeAccess> rights = new ArrayList<>();
    for (CosemObject.Attribute attribute : object.attributes()) {
      rights.add(
          new ObjectListElement.AttributeAccess(
              attribute.index(),
              client.policy().mode(object, attribute.index()),
              attribute.accessSelectors()));
    }
    return rights;
  }

  private static List<ObjectListElement.MethodAccess> methodRights(
      ClientContext client, CosemObject object) {
    return object.methods().stream()
        .map(
            index ->
                new ObjectListElement.MethodAccess(
                    index, client.policy().methodMode(object, index).mayInvoke()))
        .toList();
  }

  private static CosemData partners(ClientContext client) {
    return CosemData.structure(
        CosemData.integer(client.clientSap()), CosemData.longUnsigned(client.device().sap()));
  }

  /**
   * xDLMS_context_type: the conformance block is what the server supports here, negotiated or not,
   * and max_send_pdu_size is the client-max-receive-pdu-size of the InitiateRequest.
   */
  private static CosemData contextInfo(ClientContext client) {
    NegotiatedContext negotiated = client.negotiated();
    int bits = Conformance.toBits(client.config().conformance());
    return CosemData.structure(
        new CosemData.BitStringData(
            Octets.of(bits >>> 16, (bits >>> 8) & 0xFF, bits & 0xFF), CONFORMANCE_BITS),
        CosemData.longUnsigned(negotiated.serverMaxReceivePduSize()),
        CosemData.longUnsigned(negotiated.clientMaxReceivePduSize()),
        CosemData.unsigned(negotiated.dlmsVersionNumber()),
        CosemData.integer(0),
        CosemData.octetString(Octets.EMPTY));
  }
}
