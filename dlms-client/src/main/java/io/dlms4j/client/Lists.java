package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts lists into requests that the server can take. */
final class Lists {
  /** In place of a maximum that is not given. */
  private static final int NO_LIMIT = 0xFFFF;

  private static final int TAG = 1;

  /** Tag, choice, and invoke-id-and-priority. */
  private static final int LN_HEADER = 3;

  /** Of an ACCESS: tag, long-invoke-id-and-priority, no date-time, and the lengths of two lists. */
  private static final int ACCESS_HEADER = 1 + 4 + 1 + 2 * 3;

  /** Choice, class_id, logical name, index, and null-data in the other list. */
  private static final int ACCESS_ITEM = 1 + 2 + 6 + 1 + 1;

  private static final int SELECTOR = 1;

  private static final InvokeIdAndPriority ANY = InvokeIdAndPriority.of(0, true, true);
  private static final EncodedData NOTHING = EncodedData.of(CosemData.nullData());

  private Lists() {}

  /** Items that travel together: those from one on, as a request of their own. */
  record Part(int first, ServiceRequest service) {}

  /**
   * Cuts a list: as many items together as fit into an APDU of the server's. Without lists
   * attributes are read by ACCESS if that was agreed on; all else goes one at a time. An ACCESS is
   * one request, whatever its length.
   */
  static List<Part> parts(ServiceRequest service, NegotiatedContext agreed) {
    if (service.items() == 1 || service instanceof ServiceRequest.Access) {
      return List.of(new Part(0, service));
    }
    int most = agreed.serverMaxReceivePduSize();
    int room = most == 0 ? NO_LIMIT : most;
    if (!agreed.conformance().contains(Conformance.MULTIPLE_REFERENCES)) {
      return service instanceof ServiceRequest.Get get
              && agreed.conformance().contains(Conformance.ACCESS)
          ? accesses(get.attributes(), room)
          : singles(service, 0, service.items());
    }
    List<Part> parts = new ArrayList<>();
    int first = 0;
    int items = 0;
    for (int i = 0; i < service.items(); i++) {
      int octets = length(slice(service, i, i + 1)) - header(service, 1);
      if (i > first && header(service, i - first + 1) + items + octets > room) {
        parts.add(new Part(first, slice(service, first, i)));
        first = i;
        items = 0;
      }
      items += octets;
    }
    parts.add(new Part(first, slice(service, first, service.items())));
    return parts;
  }

  /** Reads attributes by ACCESS, as many together as fit. */
  private static List<Part> accesses(List<AttributeWithSelection> attributes, int room) {
    List<Part> parts = new ArrayList<>();
    AccessItems items = new AccessItems();
    int first = 0;
    int octets = 0;
    for (int i = 0; i < attributes.size(); i++) {
      AttributeWithSelection attribute = attributes.get(i);
      SelectiveAccess selection = attribute.selectiveAccess();
      int more =
          ACCESS_ITEM
              + (selection == null ? 0 : SELECTOR + selection.accessParameters().octets().length());
      if (i > first && ACCESS_HEADER + octets + more > room) {
        parts.add(new Part(first, items.request()));
        items = new AccessItems();
        first = i;
        octets = 0;
      }
      octets += more;
      if (selection == null) {
        items.get(attribute.attribute());
      } else {
        items.get(attribute.attribute(), selection);
      }
    }
    parts.add(new Part(first, items.request()));
    return parts;
  }

  /** Some items of a list, each alone. */
  static List<Part> singles(ServiceRequest list, int first, int items) {
    List<Part> singles = new ArrayList<>();
    for (int i = first; i < first + items; i++) {
      singles.add(new Part(i, slice(list, i, i + 1)));
    }
    return singles;
  }

  /** Whether nothing changes if it is asked for twice, or in another order. */
  static boolean isReading(ServiceRequest service) {
    return service instanceof ServiceRequest.Get || service instanceof ServiceRequest.Read;
  }

  /** Whether it only reads: it may be asked for again, whatever became of it. */
  static boolean isRepeatable(ServiceRequest service) {
    if (service instanceof ServiceRequest.Access access) {
      return access.specifications().stream()
          .allMatch(
              each ->
                  each instanceof AccessRequestSpecification.Get
                      || each instanceof AccessRequestSpecification.GetWithSelection);
    }
    // With a parameter, a Read invokes a method that returns something (Green Book 9.3, Read).
    return service instanceof ServiceRequest.Get
        || (service instanceof ServiceRequest.Read read
            && read.variables().stream().allMatch(VariableAccess.VariableName.class::isInstance));
  }

  /** Some of the items, in order, of anything but an ACCESS. */
  static ServiceRequest pick(ServiceRequest service, List<Integer> items) {
    if (service instanceof ServiceRequest.Get get) {
      return new ServiceRequest.Get(pick(get.attributes(), items));
    }
    if (service instanceof ServiceRequest.Set set) {
      return new ServiceRequest.Set(pick(set.attributes(), items), pick(set.values(), items));
    }
    if (service instanceof ServiceRequest.Action action) {
      List<@Nullable EncodedData> parameters = new ArrayList<>();
      items.forEach(item -> parameters.add(action.parameters().get(item)));
      return new ServiceRequest.Action(pick(action.methods(), items), parameters);
    }
    if (service instanceof ServiceRequest.Read read) {
      return new ServiceRequest.Read(pick(read.variables(), items));
    }
    if (service instanceof ServiceRequest.Write write) {
      return new ServiceRequest.Write(pick(write.variables(), items), pick(write.values(), items));
    }
    throw new IllegalArgumentException("an ACCESS is one request");
  }

  private static <T> List<T> pick(List<T> of, List<Integer> items) {
    return items.stream().map(of::get).toList();
  }

  private static ServiceRequest slice(ServiceRequest service, int from, int to) {
    if (service instanceof ServiceRequest.Get get) {
      return new ServiceRequest.Get(get.attributes().subList(from, to));
    }
    if (service instanceof ServiceRequest.Set set) {
      return new ServiceRequest.Set(
          set.attributes().subList(from, to), set.values().subList(from, to));
    }
    if (service instanceof ServiceRequest.Action action) {
      return new ServiceRequest.Action(
          action.methods().subList(from, to), action.parameters().subList(from, to));
    }
    if (service instanceof ServiceRequest.Read read) {
      return new ServiceRequest.Read(read.variables().subList(from, to));
    }
    if (service instanceof ServiceRequest.Write write) {
      return new ServiceRequest.Write(
          write.variables().subList(from, to), write.values().subList(from, to));
    }
    throw new IllegalArgumentException("an ACCESS is one request");
  }

  /** Octets of an APDU with a list of so many items, beside the items. */
  private static int header(ServiceRequest service, int items) {
    // The length of a SEQUENCE OF (Green Book 9.5, A-XDR).
    int count = items < 0x80 ? 1 : items <= 0xFF ? 2 : 3;
    if (service instanceof ServiceRequest.Read) {
      return TAG + count;
    }
    if (service instanceof ServiceRequest.Write) {
      return TAG + 2 * count;
    }
    return LN_HEADER + (service instanceof ServiceRequest.Get ? count : 2 * count);
  }

  /** Octets of an APDU with a list of these items. */
  private static int length(ServiceRequest service) {
    return ApduCodec.STANDARD.encode(withList(service)).length();
  }

  private static Apdu withList(ServiceRequest service) {
    if (service instanceof ServiceRequest.Get get) {
      return new GetRequestWithList(ANY, get.attributes());
    }
    if (service instanceof ServiceRequest.Set set) {
      return new SetRequestWithList(ANY, set.attributes(), set.values());
    }
    if (service instanceof ServiceRequest.Action action) {
      List<EncodedData> parameters = new ArrayList<>();
      for (EncodedData each : action.parameters()) {
        parameters.add(each == null ? NOTHING : each);
      }
      return new ActionRequestWithList(ANY, action.methods(), parameters);
    }
    if (service instanceof ServiceRequest.Read read) {
      return new ReadRequest(read.variables());
    }
    ServiceRequest.Write write = (ServiceRequest.Write) service;
    return new WriteRequest(write.variables(), write.values());
  }
}
