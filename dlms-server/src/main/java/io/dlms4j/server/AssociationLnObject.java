package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.classes.AssociationLn;
import io.dlms4j.cosem.classes.ObjectDefinition;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The current association as an object: Association LN (Blue Book 4.4.4), in one of its versions.
 */
final class AssociationLnObject {
  /** The logical name by which every client finds the association it is in. */
  static final ObisCode LOGICAL_NAME = AssociationLn.CURRENT.logicalName();

  /** The first version with a Security setup, and the first with users. */
  private static final int SECURITY_SETUP = 1;

  private static final int USERS = 2;

  /** Selective access to object_list: without rights, and of some classes. */
  private static final int WITHOUT_RIGHTS = 1;

  private static final int CLASSES = 2;

  /** Selective access to object_list: some objects, and one. */
  private static final int OBJECTS = 3;

  private static final int OBJECT = 4;

  private AssociationLnObject() {}

  /** In the version that is asked for, else in the one that the offers need. */
  static CosemObject create(Collection<AssociationOffer> offers, @Nullable Integer wanted) {
    int version = wanted == null ? versionFor(offers) : wanted;
    CosemObjectBuilder object = builder(version);
    if (offers.stream().anyMatch(offer -> offer.secretChange() != null)) {
      object.attribute(
          7, List.of(), request -> AssociationSecrets.read(), AssociationSecrets::write);
    }
    if (version >= SECURITY_SETUP) {
      object.attribute(9, List.of(), request -> ReadResult.of(securitySetup(request.client())));
    }
    if (version >= USERS) {
      // There are no users below the level of client SAPs.
      object.attribute(AssociationLn.USER_LIST, List::of);
      object.attribute(AssociationLn.CURRENT_USER, () -> new AssociationLn.User(0, ""));
    }
    if (offers.stream().anyMatch(AssociationOffer::hasHighLevelSecurity)) {
      object.method(1, request -> AssociationSecrets.reply());
      object.method(2, AssociationSecrets::change);
    }
    return object.build();
  }

  private static int versionFor(Collection<AssociationOffer> offers) {
    boolean secured =
        offers.stream()
            .anyMatch(offer -> offer.config().security() != null || offer.securitySetup() != null);
    return secured ? SECURITY_SETUP : 0;
  }

  /** Security_setup_reference: the name of the object, or nothing. */
  private static CosemData securitySetup(ClientContext client) {
    ObisCode name = AssociationSecrets.offer(client).securitySetup();
    return CosemData.octetString(name == null ? Octets.EMPTY : name.toOctets());
  }

  private static CosemObjectBuilder builder(int version) {
    return CosemObject.builder(AssociationLn.CLASS_ID, version, LOGICAL_NAME)
        .attribute(
            2,
            List.of(WITHOUT_RIGHTS, CLASSES, OBJECTS, OBJECT),
            request -> objectList(request, version))
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
        .attribute(
            AssociationLn.ASSOCIATION_STATUS, () -> AssociationLn.AssociationStatus.ASSOCIATED);
  }

  /** All of the list, or the part of it that is asked for (Blue Book 4.4.4, object_list). */
  private static CompletionStage<ReadResult> objectList(ReadRequest request, int version) {
    ClientContext client = request.client();
    SelectiveAccess access = request.selectiveAccess();
    if (access == null) {
      return ReadResult.of(objectList(client, object -> true, version));
    }
    CosemData parameters = access.accessParameters().value();
    return switch (access.accessSelector()) {
      case WITHOUT_RIGHTS ->
          parameters instanceof CosemData.NullData
              ? ReadResult.of(names(client, object -> true))
              : ReadResult.refused(DataAccessResult.TYPE_UNMATCHED);
      case CLASSES -> {
        Set<Integer> classes =
            new HashSet<>(ValueType.arrayOf(ValueType.LONG_UNSIGNED).decodeExactly(parameters));
        yield ReadResult.of(names(client, object -> classes.contains(object.classId())));
      }
      case OBJECTS ->
          ReadResult.of(
              objectList(
                  client,
                  among(
                      new HashSet<>(
                          ValueType.arrayOf(ObjectDefinition.TYPE).decodeExactly(parameters))),
                  version));
      default -> object(client, ObjectDefinition.TYPE.decodeExactly(parameters), version);
    };
  }

  private static CompletionStage<ReadResult> object(
      ClientContext client, ObjectDefinition id, int version) {
    return client
        .device()
        .object(id.logicalName())
        .filter(among(Set.of(id)).and(client.policy()::sees))
        .map(object -> ReadResult.of(element(client, object).encode(version)))
        .orElseGet(() -> ReadResult.refused(DataAccessResult.OBJECT_UNDEFINED));
  }

  private static Predicate<CosemObject> among(Set<ObjectDefinition> ids) {
    return object -> ids.contains(new ObjectDefinition(object.classId(), object.logicalName()));
  }

  /**
   * The header, and then one object a piece: an object list of hundreds is never built as a whole.
   */
  private static DataStream objectList(
      ClientContext client, Predicate<CosemObject> wanted, int version) {
    List<CosemObject> seen = seen(client, wanted);
    return DataStream.ofArray(
        seen.size(),
        seen.iterator(),
        (writer, object) -> writer.writeData(element(client, object).encode(version)));
  }

  private static DataStream names(ClientContext client, Predicate<CosemObject> wanted) {
    List<CosemObject> seen = seen(client, wanted);
    return DataStream.ofArray(
        seen.size(),
        seen.iterator(),
        (writer, object) -> writer.writeData(element(client, object).encodeWithoutRights()));
  }

  private static List<CosemObject> seen(ClientContext client, Predicate<CosemObject> wanted) {
    return client.device().objects().stream().filter(wanted.and(client.policy()::sees)).toList();
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
                    index, client.policy().methodMode(object, index)))
        .toList();
  }

  private static CosemData partners(ClientContext client) {
    // An integer by the Blue Book: a wPort beyond that shows its lower octet.
    return AssociationLn.Partners.TYPE.encode(
        new AssociationLn.Partners((byte) client.clientSap(), client.device().sap()));
  }

  /**
   * xDLMS_context_type: the conformance block is what the server supports here, negotiated or not,
   * and max_send_pdu_size is the client-max-receive-pdu-size of the InitiateRequest.
   */
  private static CosemData contextInfo(ClientContext client) {
    NegotiatedContext negotiated = client.negotiated();
    return AssociationLn.XdlmsContextInfo.TYPE.encode(
        new AssociationLn.XdlmsContextInfo(
            client.config().conformance(),
            negotiated.serverMaxReceivePduSize(),
            negotiated.clientMaxReceivePduSize(),
            negotiated.dlmsVersionNumber(),
            0,
            Octets.EMPTY));
  }
}
