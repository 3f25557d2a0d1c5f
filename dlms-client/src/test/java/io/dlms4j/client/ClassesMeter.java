package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AssociationLn;
import io.dlms4j.cosem.classes.AttributeDescriptor;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.InterfaceClasses;
import io.dlms4j.cosem.classes.InterfaceObject;
import io.dlms4j.cosem.classes.MethodDescriptor;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.CosemObjectBuilder;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** A meter with an object of every class that is declared, in every version. */
final class ClassesMeter {
  static final int SAP = 1;
  static final int CLIENT = 16;

  /** An object of the meter. */
  record Held(InterfaceClass interfaceClass, ObisCode logicalName) implements InterfaceObject {}

  final List<Held> objects = new ArrayList<>();

  /** The parameters of every method that was invoked, as they were decoded. */
  final BlockingQueue<Object> invoked = new LinkedBlockingQueue<>();

  final PhysicalDevice device;

  ClassesMeter() {
    LogicalDevice.Builder logical =
        LogicalDevice.builder(SAP, Octets.ofAscii("DLM0000002"))
            .association(
                CLIENT,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(
                        EnumSet.of(
                            Conformance.GET,
                            Conformance.SET,
                            Conformance.ACTION,
                            Conformance.MULTIPLE_REFERENCES,
                            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                            Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
                            Conformance.BLOCK_TRANSFER_WITH_ACTION))
                    .maxReceivePduSize(200)
                    .maxSendPduSize(200)
                    .build(),
                AccessPolicy.full());
    for (InterfaceClass each : InterfaceClasses.all()) {
      if (each.classId() == AssociationLn.CLASS.classId()) {
        continue; // The server has one of its own.
      }
      Held held = new Held(each, new ObisCode(0, 0, 128, each.classId(), each.version(), 255));
      objects.add(held);
      logical.object(object(held));
    }
    device = PhysicalDevice.of(17, logical.build());
  }

  private CosemObject object(Held held) {
    CosemObjectBuilder object = CosemObject.builder(held.interfaceClass(), held.logicalName());
    for (AttributeDescriptor<?> attribute : held.interfaceClass().attributes()) {
      if (attribute.index() > 1) {
        add(object, attribute);
      }
    }
    for (MethodDescriptor<?, ?> method : held.interfaceClass().methods()) {
      add(object, method);
    }
    return object.build();
  }

  private static <T> void add(CosemObjectBuilder object, AttributeDescriptor<T> attribute) {
    AtomicReference<T> value = new AtomicReference<>(SampleData.of(attribute.type()));
    object.attribute(
        attribute,
        value::get,
        written -> {
          value.set(written);
          return DataAccessResult.SUCCESS;
        });
  }

  private <P, R> void add(CosemObjectBuilder object, MethodDescriptor<P, R> method) {
    CosemData returned = SampleData.data(method.returned());
    object.method(
        method.index(),
        request -> {
          invoked.add(method.parameter().decodeExactly(request.parameters().value()));
          return InvokeResult.of(returned);
        });
  }
}
