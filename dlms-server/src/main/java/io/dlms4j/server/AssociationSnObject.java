package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.association.DataStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The current association as an object where objects have short names: Association SN, version 2,
 * without a security setup (Blue Book 4.4.3). Its lists are written one object a piece.
 */
final class AssociationSnObject {
  private static final int CLASS_ID = 12;
  private static final int VERSION = 2;
  private static final int CHANGE_HLS_SECRET = 6;
  private static final int REPLY_TO_HLS_AUTHENTICATION = 8;

  /** Access modes are told as version 1 of Association LN tells them. */
  private static final int ACCESS_MODES = 1;

  private AssociationSnObject() {}

  static CosemObject create(Collection<AssociationOffer> offers) {
    CosemObjectBuilder object = builder();
    if (offers.stream().anyMatch(AssociationOffer::hasHighLevelSecurity)) {
      object.method(CHANGE_HLS_SECRET, AssociationSecrets::change);
      object.method(REPLY_TO_HLS_AUTHENTICATION, request -> AssociationSecrets.reply());
    }
    return object.build();
  }

  private static CosemObjectBuilder builder() {
    return CosemObject.builder(CLASS_ID, VERSION, AssociationLnObject.LOGICAL_NAME)
        .attribute(
            2,
            List.of(),
            request ->
                ReadResult.of(list(request.client(), (client, named) -> objectListElement(named))))
        .attribute(
            3,
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
  private static CosemData baseName(ShortNames.Named named) {
    return CosemData.longInteger((short) named.baseName());
  }

  /** objlist_element. */
  private static CosemData objectListElement(ShortNames.Named named) {
    CosemObject object = named.object();
    return CosemData.structure(
        baseName(named),
        CosemData.longUnsigned(object.classId()),
        CosemData.unsigned(object.version()),
        CosemData.octetString(object.logicalName().toOctets()));
  }

  /** access_rights_element. */
  private static CosemData accessRightsElement(ClientContext client, ShortNames.Named named) {
    CosemObject object = named.object();
    List<CosemData> attributes = new ArrayList<>();
    for (CosemObject.Attribute attribute : object.attributes()) {
      List<Integer> selectors = attribute.accessSelectors();
      attributes.add(
          CosemData.structure(
              CosemData.integer(attribute.index()),
              CosemData.enumerated(
                  client.policy().mode(object, attribute.index()).code(ACCESS_MODES)),
              selectors.isEmpty()
                  ? CosemData.nullData()
                  : CosemData.array(selectors.stream().map(CosemData::integer).toList())));
    }
    List<CosemData> methods = new ArrayList<>();
    for (int index : object.methods()) {
      methods.add(
          CosemData.structure(
              CosemData.integer(index),
              CosemData.enumerated(client.policy().methodMode(object, index).code(ACCESS_MODES))));
    }
    return CosemData.structure(
        baseName(named), CosemData.array(attributes), CosemData.array(methods));
  }
}
