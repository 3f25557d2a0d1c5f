package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.classes.AttributeDescriptor;
import io.dlms4j.cosem.classes.Clock;
import io.dlms4j.cosem.classes.DisconnectControl;
import io.dlms4j.cosem.classes.InterfaceObject;
import io.dlms4j.cosem.classes.MethodDescriptor;
import io.dlms4j.cosem.classes.Nothing;
import io.dlms4j.cosem.classes.ScriptTable;
import io.dlms4j.cosem.classes.TypedAttribute;
import io.dlms4j.cosem.classes.TypedMethod;
import io.dlms4j.cosem.classes.ValueShape;
import io.dlms4j.cosem.classes.ValueType;
import io.dlms4j.server.DlmsServer;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client and a server do together with objects of every class that is declared. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TypedAccessContract {
  private static final Clock CLOCK = Clock.at("0.0.128.8.0.255");

  private final ClassesMeter meter = new ClassesMeter();
  private final DlmsServer server = listening(DlmsServer.builder()).device(meter.device).start();

  abstract DlmsServer.Builder listening(DlmsServer.Builder builder);

  abstract DlmsClientBuilder speaking(InetSocketAddress address, int serverSap, int clientSap);

  @AfterEach
  void stop() {
    server.close();
  }

  private BlockingDlmsClient connect() {
    return speaking(server.addresses().get(0), ClassesMeter.SAP, ClassesMeter.CLIENT)
        .connect()
        .blocking();
  }

  private static <T> void readWriteAndReadAgain(
      BlockingDlmsClient client, TypedAttribute<T> attribute) {
    T value = client.read(attribute);
    assertEquals(SampleData.of(attribute.type()), value, attribute::toString);
    client.write(attribute, value);
    assertEquals(value, client.read(attribute), attribute::toString);
  }

  private <P, R> void invoke(BlockingDlmsClient client, TypedMethod<P, R> method) {
    P parameter = SampleData.of(method.descriptor().parameter());
    R returned = client.invoke(method, parameter);
    assertEquals(SampleData.of(method.descriptor().returned()), returned, method::toString);
    assertEquals(parameter, meter.invoked.poll(), method::toString);
  }

  /** A CHOICE takes what comes; what else there is has a type of its own. */
  private static boolean takesAnything(ValueType<?> type) {
    return type.shape() instanceof ValueShape.Any && type.name().equals("CHOICE");
  }

  @Test
  void everyAttributeOfEveryClassIsReadWrittenAndReadAgain() {
    try (BlockingDlmsClient client = connect()) {
      for (InterfaceObject object : meter.objects) {
        for (AttributeDescriptor<?> attribute : object.interfaceClass().attributes()) {
          if (attribute.index() == 1) {
            assertEquals(object.logicalName(), client.read(object.attribute(attribute)));
          } else {
            readWriteAndReadAgain(client, object.attribute(attribute));
          }
        }
      }
    }
  }

  @Test
  void everyMethodOfEveryClassTakesAndReturnsWhatItDeclares() {
    try (BlockingDlmsClient client = connect()) {
      for (InterfaceObject object : meter.objects) {
        for (MethodDescriptor<?, ?> method : object.interfaceClass().methods()) {
          invoke(client, object.method(method));
        }
      }
      assertTrue(meter.invoked.isEmpty());
    }
  }

  @Test
  void aWrongTypeIsUnmatchedForEveryAttributeAndMethodAndChangesNothing() {
    try (BlockingDlmsClient client = connect()) {
      for (InterfaceObject object : meter.objects) {
        for (AttributeDescriptor<?> attribute : object.interfaceClass().attributes()) {
          if (attribute.index() > 1 && !takesAnything(attribute.type())) {
            AttributeRef reference = object.attribute(attribute).reference();
            DataAccessException refused =
                assertThrows(
                    DataAccessException.class,
                    () -> client.set(reference, SampleData.wrong()),
                    object + " " + attribute);
            assertEquals(DataAccessResult.TYPE_UNMATCHED, refused.result());
            assertEquals(SampleData.data(attribute.type()), client.get(reference));
          }
        }
        for (MethodDescriptor<?, ?> method : object.interfaceClass().methods()) {
          MethodRef reference = object.method(method).reference();
          ActionException refused =
              assertThrows(
                  ActionException.class,
                  () -> client.action(reference, SampleData.wrong()),
                  object + " " + method);
          assertEquals(ActionResult.TYPE_UNMATCHED, refused.result());
        }
      }
      assertTrue(meter.invoked.isEmpty());
    }
  }

  @Test
  void aNumberOfAnotherWidthIsNoValueOfTheAttribute() {
    try (BlockingDlmsClient client = connect()) {
      AttributeRef zone = CLOCK.timeZone().reference();
      CosemData before = client.get(zone);
      for (CosemData wrong :
          new CosemData[] {
            CosemData.integer(60), CosemData.doubleLong(60), CosemData.longUnsigned(60)
          }) {
        DataAccessException refused =
            assertThrows(DataAccessException.class, () -> client.set(zone, wrong));
        assertEquals(DataAccessResult.TYPE_UNMATCHED, refused.result());
      }
      assertEquals(before, client.get(zone));
    }
  }

  @Test
  void anUnknownClassOrAnotherOneIsRefusedAndTheConnectionGoesOn() {
    try (BlockingDlmsClient client = connect()) {
      assertEquals(
          DataAccessResult.OBJECT_CLASS_INCONSISTENT,
          refusal(client, AttributeRef.of(9999, "0.0.128.8.0.255", 2)));
      assertEquals(
          DataAccessResult.OBJECT_CLASS_INCONSISTENT,
          refusal(client, ScriptTable.at("0.0.128.8.0.255").scripts().reference()));
      assertEquals(
          DataAccessResult.OBJECT_UNDEFINED,
          refusal(client, Clock.at("0.0.128.8.77.255").time().reference()));
      assertEquals(
          DataAccessResult.OBJECT_UNDEFINED,
          refusal(client, AttributeRef.of(8, "0.0.128.8.0.255", 10)));
      TypedMethod<Nothing, Nothing> none =
          DisconnectControl.at("0.0.128.8.0.255").remoteDisconnect();
      assertEquals(
          ActionResult.OBJECT_CLASS_INCONSISTENT,
          assertThrows(ActionException.class, () -> client.invoke(none)).result());
      assertEquals(SampleData.of(Clock.TIME.type()), client.read(CLOCK.time()));
    }
  }

  private static DataAccessResult refusal(BlockingDlmsClient client, AttributeRef attribute) {
    return assertThrows(DataAccessException.class, () -> client.get(attribute)).result();
  }

  @Test
  void aValueOfAnotherTypeThanTheClassSaysIsTheServersFaultAndSaysWhere() {
    try (BlockingDlmsClient client = connect()) {
      TypedAttribute<?> asAnother =
          new TypedAttribute<>(CLOCK.timeZone().reference(), ScriptTable.SCRIPTS);
      ProtocolException breach =
          assertThrows(ProtocolException.class, () -> client.read(asAnother));
      assertEquals(DlmsException.Scope.REQUEST, breach.scope());
      assertTrue(
          String.valueOf(breach.getMessage()).contains("8:0.0.128.8.0.255:3"), breach.toString());
      assertEquals(-700, client.read(CLOCK.timeZone()));
    }
  }

  @Test
  void whatATypeCannotHoldIsRefusedBeforeItIsSent() {
    try (BlockingDlmsClient client = connect()) {
      assertThrows(IllegalArgumentException.class, () -> client.write(CLOCK.timeZone(), 40_000));
      assertEquals(-700, client.read(CLOCK.timeZone()));
    }
  }
}
