package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A meter that takes images, and does with the requests for it whatever a test wants instead. */
final class ImageMeter implements CosemObject {
  static final int SAP = 1;
  static final int CLIENT = 16;
  static final String NAME = "0.0.44.0.0.255";
  static final int BLOCK_TRANSFER = 2;

  private static final Set<Conformance> SERVICES =
      Set.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_ACTION);

  private final CosemObject object;

  /** The numbers of the blocks that came, in order. */
  final List<Long> came = new ArrayList<>();

  /** Asked before each method; null lets it through. */
  Function<InvokeRequest, @Nullable CompletionStage<InvokeResult>> onInvoke = request -> null;

  /** Asked before each reading; null lets it through. */
  Function<Integer, @Nullable CompletionStage<ReadResult>> onRead = attribute -> null;

  ImageMeter(CosemObject object) {
    this.object = object;
  }

  PhysicalDevice device() {
    return PhysicalDevice.of(
        17,
        LogicalDevice.builder(SAP, Octets.ofAscii("DLM0000018"))
            .association(
                CLIENT,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(SERVICES)
                    .build(),
                AccessPolicy.full())
            .object(this)
            .build());
  }

  static Octets image(int size) {
    byte[] octets = new byte[size];
    for (int i = 0; i < size; i++) {
      octets[i] = (byte) (i * 31 + i / 251);
    }
    return Octets.view(octets);
  }

  @Override
  public int classId() {
    return object.classId();
  }

  @Override
  public int version() {
    return object.version();
  }

  @Override
  public ObisCode logicalName() {
    return object.logicalName();
  }

  @Override
  public List<Attribute> attributes() {
    return object.attributes();
  }

  @Override
  public List<Integer> methods() {
    return object.methods();
  }

  @Override
  public CompletionStage<ReadResult> read(ReadRequest request) {
    CompletionStage<ReadResult> instead = onRead.apply(request.attributeIndex());
    return instead == null ? object.read(request) : instead;
  }

  @Override
  public CompletionStage<DataAccessResult> write(WriteRequest request) {
    return object.write(request);
  }

  @Override
  public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
    if (request.methodIndex() == BLOCK_TRANSFER) {
      came.add(block(request));
    }
    CompletionStage<InvokeResult> instead = onInvoke.apply(request);
    return instead == null ? object.invoke(request) : instead;
  }

  static long block(InvokeRequest request) {
    CosemData parameters = request.parameters().value();
    return parameters.structureOf(2).get(0).integralValue();
  }

  /** Answers one invocation of a method in another way, and no other. */
  void once(int method, ActionResult answer) {
    boolean[] done = new boolean[1];
    onInvoke =
        request -> {
          if (request.methodIndex() != method || done[0]) {
            return null;
          }
          done[0] = true;
          return answer == ActionResult.SUCCESS
              ? InvokeResult.success()
              : InvokeResult.refused(answer);
        };
  }
}
