package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ActionRequestWithList;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.GetRequestWithList;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.apdu.ReadRequest;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.apdu.SetRequestWithList;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.apdu.WriteRequest;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServiceRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** How lists are cut. */
class ListsTest {
  private static final InvokeIdAndPriority ID = InvokeIdAndPriority.of(1, true, true);

  private static NegotiatedContext agreed(int maxPduSize) {
    return new NegotiatedContext(
        ApplicationContextName.LOGICAL_NAME_REFERENCING,
        Set.of(Conformance.MULTIPLE_REFERENCES),
        0,
        maxPduSize,
        6);
  }

  private static int encoded(Apdu apdu) {
    return ApduCodec.STANDARD.encode(apdu).length();
  }

  private static EncodedData value(int octets) {
    return EncodedData.of(CosemData.octetString(Octets.view(new byte[octets])));
  }

  /** One list of each service, made of the same lengths. */
  private static List<ServiceRequest> lists(List<Integer> lengths) {
    List<AttributeWithSelection> attributes = new ArrayList<>();
    List<MethodRef> methods = new ArrayList<>();
    List<VariableAccess> variables = new ArrayList<>();
    List<EncodedData> values = new ArrayList<>();
    for (int length : lengths) {
      int number = values.size();
      SelectiveAccess access = length % 3 == 0 ? new SelectiveAccess(1, value(length)) : null;
      attributes.add(
          new AttributeWithSelection(AttributeRef.of(number, "0.0.96.1.0.255", 2), access));
      methods.add(MethodRef.of(number, "0.0.96.1.0.255", 2));
      variables.add(
          access == null
              ? new VariableAccess.VariableName(number)
              : new VariableAccess.ParameterizedAccess(number, 1, value(length)));
      values.add(value(length));
    }
    return List.of(
        new ServiceRequest.Get(attributes),
        new ServiceRequest.Set(attributes, values),
        new ServiceRequest.Action(methods, new ArrayList<>(values)),
        new ServiceRequest.Read(variables),
        new ServiceRequest.Write(variables, values));
  }

  /** All references and values, in order. */
  private static List<Object> items(ServiceRequest service) {
    List<Object> items = new ArrayList<>();
    if (service instanceof ServiceRequest.Get get) {
      items.addAll(get.attributes());
    } else if (service instanceof ServiceRequest.Set set) {
      for (int i = 0; i < set.items(); i++) {
        items.add(List.of(set.attributes().get(i), set.values().get(i)));
      }
    } else if (service instanceof ServiceRequest.Action action) {
      for (int i = 0; i < action.items(); i++) {
        items.add(List.of(action.methods().get(i), "" + action.parameters().get(i)));
      }
    } else if (service instanceof ServiceRequest.Read read) {
      items.addAll(read.variables());
    } else if (service instanceof ServiceRequest.Write write) {
      for (int i = 0; i < write.items(); i++) {
        items.add(List.of(write.variables().get(i), write.values().get(i)));
      }
    }
    return items;
  }

  private static int length(ServiceRequest service) {
    if (service instanceof ServiceRequest.Get get) {
      return encoded(new GetRequestWithList(ID, get.attributes()));
    }
    if (service instanceof ServiceRequest.Set set) {
      return encoded(new SetRequestWithList(ID, set.attributes(), set.values()));
    }
    if (service instanceof ServiceRequest.Action action) {
      List<EncodedData> given = new ArrayList<>();
      for (EncodedData each : action.parameters()) {
        given.add(each == null ? EncodedData.of(CosemData.nullData()) : each);
      }
      return encoded(new ActionRequestWithList(ID, action.methods(), given));
    }
    if (service instanceof ServiceRequest.Read read) {
      return encoded(new ReadRequest(read.variables()));
    }
    ServiceRequest.Write write = (ServiceRequest.Write) service;
    return encoded(new WriteRequest(write.variables(), write.values()));
  }

  @Property(tries = 60)
  void partsAreTheListInItsOrderAndFitIfTheyAreSeveral(
      @ForAll @Size(min = 2, max = 400) List<@IntRange(max = 60) Integer> lengths,
      @ForAll @IntRange(min = 12, max = 2000) int maxPduSize) {
    assertCutWell(lengths, maxPduSize);
  }

  @Property(tries = 60)
  void listsWhoseCountsTakeSeveralOctetsAreCutAsWell(
      @ForAll @IntRange(min = 110, max = 280) int items,
      @ForAll @IntRange(max = 5) int length,
      @ForAll @IntRange(max = 12) int less) {
    for (ServiceRequest list : lists(Collections.nCopies(items, length))) {
      assertCutWell(Collections.nCopies(items + 5, length), length(list) - less);
    }
  }

  private static void assertCutWell(List<Integer> lengths, int maxPduSize) {
    for (int service = 0; service < 5; service++) {
      ServiceRequest list = lists(lengths).get(service);
      List<Object> items = new ArrayList<>();
      int first = 0;
      for (Lists.Part part : Lists.parts(list, agreed(maxPduSize))) {
        if (part.first() > 0) {
          // The part before was not shorter than it had to be.
          int longer = length(lists(lengths.subList(first, part.first() + 1)).get(service));
          assertTrue(longer > maxPduSize, longer + " octets of " + maxPduSize);
        }
        assertEquals(items.size(), part.first());
        first = part.first();
        items.addAll(items(part.service()));
        int octets = length(part.service());
        assertTrue(
            part.service().items() == 1 || octets <= maxPduSize,
            octets + " octets of " + maxPduSize);
      }
      assertEquals(items(list), items);
    }
  }

  @Property(tries = 20)
  void withoutALimitThereIsOnePart(
      @ForAll @Size(min = 2, max = 300) List<@IntRange(max = 20) Integer> lengths) {
    for (ServiceRequest list : lists(lengths)) {
      assertEquals(1, Lists.parts(list, agreed(0)).size());
    }
  }
}
