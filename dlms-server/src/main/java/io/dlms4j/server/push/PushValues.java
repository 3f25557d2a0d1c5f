package io.dlms4j.server.push;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.ClientContext;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gathers what is pushed: the values of push_object_list, in one structure (Blue Book 4.4.8). */
final class PushValues {
  /** Octets of one push: more is a mistake in its list. */
  private static final int MOST_OCTETS = 1 << 20;

  private static final DecodeLimits LIMITS =
      new DecodeLimits(MOST_OCTETS, DecodeLimits.MAX_DEPTH, MOST_OCTETS);

  private static final EncodedData NOTHING = EncodedData.of(CosemData.nullData());
  private static final int DLMS_VERSION = 6;

  /** The one element of a data index; what is above them asks for parts of a profile. */
  private static final int MOST_ELEMENT = 0x0FFF;

  private final LogicalDevice device;
  private final ClientContext client;

  /**
   * The values of one device.
   *
   * @param clientSap whom they go to
   * @param policy what that may read
   */
  PushValues(LogicalDevice device, int clientSap, AccessPolicy policy) {
    this.device = device;
    this.client =
        new ClientContext(
            clientSap,
            device,
            ServerAssociationConfig.builder().lowestLevelSecurity().build(),
            new NegotiatedContext(
                ApplicationContextName.LOGICAL_NAME_REFERENCING,
                Set.of(Conformance.GET, Conformance.DATA_NOTIFICATION),
                0,
                0,
                DLMS_VERSION),
            policy);
  }

  /**
   * Reads them all. What cannot be read is null-data: the others are worth to be told.
   *
   * @return the structure; or a failure if it is too long
   */
  CompletionStage<EncodedData> gather(List<CaptureObjectDefinition> objects) {
    List<CompletableFuture<EncodedData>> values = new ArrayList<>();
    for (CaptureObjectDefinition each : objects) {
      values.add(
          read(each)
              .handle((value, failure) -> failure == null ? value : NOTHING)
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(values.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              AxdrWriter writer = new AxdrWriter();
              writer.writeUnsigned8(DataTag.STRUCTURE.value()).writeLength(values.size());
              for (CompletableFuture<EncodedData> value : values) {
                writer.writeData(value.join());
                if (writer.length() > MOST_OCTETS) {
                  throw new DlmsException(
                      DlmsException.Origin.LOCAL,
                      DlmsException.Scope.REQUEST,
                      "what is to be pushed has more than " + MOST_OCTETS + " octets");
                }
              }
              return EncodedData.read(AxdrReader.of(writer.toOctets(), LIMITS));
            });
  }

  private CompletionStage<EncodedData> read(CaptureObjectDefinition wanted) {
    Optional<CosemObject> found =
        device.objects().stream()
            .filter(each -> each.logicalName().equals(wanted.attribute().logicalName()))
            .filter(each -> each.classId() == wanted.attribute().classId())
            .findFirst();
    int index = wanted.attribute().attributeIndex();
    if (found.isEmpty()
        || found.get().attribute(index).isEmpty()
        || !client.policy().mode(found.get(), index).mayRead()) {
      return CompletableFuture.completedStage(NOTHING);
    }
    try {
      return found
          .get()
          .read(new ReadRequest(index, null, client))
          .thenApply(result -> part(encoded(result), wanted.dataIndex()));
    } catch (RuntimeException e) {
      // The object's own fault, and not that of the others.
      return CompletableFuture.failedStage(e);
    }
  }

  private static EncodedData encoded(ReadResult result) {
    if (!(result instanceof ReadResult.Value value)) {
      return NOTHING;
    }
    AxdrWriter writer = new AxdrWriter();
    DataStream stream = value.value();
    while (stream.writeNext(writer)) {
      if (writer.length() > MOST_OCTETS) {
        return NOTHING;
      }
    }
    return EncodedData.read(AxdrReader.of(writer.toOctets(), LIMITS));
  }

  private static EncodedData part(EncodedData whole, int dataIndex) {
    if (dataIndex == 0) {
      return whole;
    }
    CosemData value = whole.value();
    List<CosemData> elements =
        value instanceof CosemData.StructureData structure
            ? structure.elements()
            : value instanceof CosemData.ArrayData array ? array.elements() : List.of();
    return dataIndex > MOST_ELEMENT || dataIndex > elements.size()
        ? NOTHING
        : EncodedData.of(elements.get(dataIndex - 1));
  }
}
