package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.classes.AccessRightsElement;
import io.dlms4j.cosem.classes.AssociationSn;
import io.dlms4j.cosem.classes.ShortNameElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The current association as an object where objects have short names: Association SN, version 2,
 * without a security setup (Blue Book 4.4.3). Its lists are written one object a piece.
 */
final class AssociationSnObject {
  /** Access modes are told as version 1 of Association LN tells them. */
  private static final int ACCESS_MODES = 1;

  private AssociationSnObject() {}

  static CosemObject create(Collection<AssociationOffer> offers) {
    CosemObjectBuilder object = builder();
    if (offers.stream().anyMatch(AssociationOffer::hasHighLevelSecurity)) {
      object.method(AssociationSn.CHANGE_HLS_SECRET.index(), AssociationSecrets::change);
      object.method(
          AssociationSn.REPLY_TO_HLS_AUTHENTICATION.index(), request -> AssociationSecrets.reply());
    }
    return object.build();
  }

  private static CosemObjectBuilder builder() {
    return CosemObject.builder(AssociationSn.VERSION_2, AssociationLnObject.LOGICAL_NAME)
        .attribute(
            AssociationSn.OBJECT_LIST.index(),
            List.of(),
            request ->
                ReadResult.of(list(request.client(), (client, named) -> objectListElement(named))))
        .attribute(
            AssociationSn.ACCESS_RIGHTS_LIST.index(),
            List.of(),
            request ->
                ReadResult.of(list(request.client(), AssociationSnObject::accessRightsElement)));
  }

  private static DataStream list(
      ClientContext client, BiFunction<ClientContext, ShortNames.Named, CosemData> element) {
    List<ShortNames.Named> seen =
        client.device().shortNames().all().stream()
            .filter(named -> client.policy().sees(named.object()))
            .toList();
    return DataStream.ofArray(
        seen.size(),
        seen.iterator(),
        (writer, named) -> writer.writeData(element.apply(client, named)));
  }

  /** A base_name is a long, which has a sign: 0xFA00 is written as it is, and read as -1536. */
  private static int baseName(ShortNames.Named named) {
    return (short) named.baseName();
  }

  private static CosemData objectListElement(ShortNames.Named named) {
    CosemObject object = named.object();
    return ShortNameElement.TYPE.encode(
        new ShortNameElement(
            baseName(named), object.classId(), object.version(), object.logicalName()));
  }

  private static CosemData accessRightsElement(ClientContext client, ShortNames.Named named) {
    CosemObject object = named.object();
    List<AccessRightsElement.AttributeAccess> attributes = new ArrayList<>();
    for (CosemObject.Attribute attribute : object.attributes()) {
      List<Integer> selectors = attribute.accessSelectors();
      attributes.add(
          new AccessRightsElement.AttributeAccess(
              attribute.index(),
              client.policy().mode(object, attribute.index()).code(ACCESS_MODES),
              selectors.isEmpty() ? Optional.empty() : Optional.of(selectors)));
    }
    List<AccessRightsElement.MethodAccess> methods = new ArrayList<>();
    for (int index : object.methods()) {
      methods.add(
          new AccessRightsElement.MethodAccess(
              index, client.policy().methodMode(object, index).code(ACCESS_MODES)));
    }
    return AccessRightsElement.TYPE.encode(
        new AccessRightsElement(baseName(named), attributes, methods));
  }
}
