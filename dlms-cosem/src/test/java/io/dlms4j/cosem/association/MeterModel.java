package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AccessResponseSpecification;
import io.dlms4j.cosem.apdu.ActionResponseWithOptionalData;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.VariableAccess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A meter as a map: cells that are read, written and invoked by number. What a method is given it
 * puts into its cell, and returns what was there. Some cells do not exist, some may not be touched.
 */
final class MeterModel {
  static final int CELLS = 12;
  private static final EncodedData NULL = EncodedData.of(CosemData.nullData());

  private final Map<Integer, EncodedData> cells = new HashMap<>();

  static AttributeRef attribute(int cell) {
    return new AttributeRef(3, new ObisCode(1, 1, 1, 8, cell, 255), 2);
  }

  static MethodRef method(int cell) {
    return new MethodRef(3, new ObisCode(1, 1, 1, 8, cell, 255), 1);
  }

  static VariableAccess variable(int cell) {
    return new VariableAccess.VariableName(0xFA00 + cell);
  }

  private static DataAccessResult access(int cell) {
    return switch (cell % 5) {
      case 3 -> DataAccessResult.OBJECT_UNDEFINED;
      case 4 -> DataAccessResult.READ_WRITE_DENIED;
      default -> DataAccessResult.SUCCESS;
    };
  }

  private EncodedData read(int cell) {
    return cells.getOrDefault(cell, NULL);
  }

  private GetDataResult got(int cell) {
    return access(cell) == DataAccessResult.SUCCESS
        ? new GetDataResult.Data(read(cell))
        : new GetDataResult.Failure(access(cell));
  }

  private DataAccessResult set(int cell, EncodedData value) {
    if (access(cell) == DataAccessResult.SUCCESS) {
      cells.put(cell, value);
    }
    return access(cell);
  }

  private ActionResponseWithOptionalData invoke(int cell, @Nullable EncodedData value) {
    if (access(cell) != DataAccessResult.SUCCESS) {
      return new ActionResponseWithOptionalData(
          ActionResult.ofCode(access(cell).code()).orElseThrow(), null);
    }
    EncodedData before = cells.get(cell);
    cells.put(cell, value == null ? NULL : value);
    return new ActionResponseWithOptionalData(
        ActionResult.SUCCESS, before == null ? null : new GetDataResult.Data(before));
  }

  private static int cell(AttributeRef attribute) {
    return attribute.logicalName().e();
  }

  private static int cell(MethodRef method) {
    return method.logicalName().e();
  }

  private static int cell(VariableAccess variable) {
    return ((VariableAccess.VariableName) variable).objectName() - 0xFA00;
  }

  /** Carries a request out, item by item, and says what the client has to hear. */
  ServiceResponse serve(ServiceRequest service) {
    if (service instanceof ServiceRequest.Get get) {
      return new ServiceResponse.Data(
          get.attributes().stream().map(each -> got(cell(each.attribute()))).toList());
    }
    if (service instanceof ServiceRequest.Read read) {
      return new ServiceResponse.Data(
          read.variables().stream().map(each -> got(cell(each))).toList());
    }
    if (service instanceof ServiceRequest.Set set) {
      List<DataAccessResult> results = new ArrayList<>();
      for (int i = 0; i < set.items(); i++) {
        results.add(set(cell(set.attributes().get(i).attribute()), set.values().get(i)));
      }
      return new ServiceResponse.Written(results);
    }
    if (service instanceof ServiceRequest.Write write) {
      List<DataAccessResult> results = new ArrayList<>();
      for (int i = 0; i < write.items(); i++) {
        results.add(set(cell(write.variables().get(i)), write.values().get(i)));
      }
      return new ServiceResponse.Written(results);
    }
    if (service instanceof ServiceRequest.Action action) {
      List<ActionResponseWithOptionalData> results = new ArrayList<>();
      for (int i = 0; i < action.items(); i++) {
        results.add(invoke(cell(action.methods().get(i)), action.parameters().get(i)));
      }
      return new ServiceResponse.Invoked(results);
    }
    return serveAccess((ServiceRequest.Access) service);
  }

  private ServiceResponse serveAccess(ServiceRequest.Access access) {
    List<EncodedData> data = new ArrayList<>();
    List<AccessResponseSpecification> results = new ArrayList<>();
    for (int i = 0; i < access.items(); i++) {
      AccessRequestSpecification specification = access.specifications().get(i);
      if (specification instanceof AccessRequestSpecification.Get get) {
        int cell = cell(get.attribute());
        data.add(access(cell) == DataAccessResult.SUCCESS ? read(cell) : NULL);
        results.add(new AccessResponseSpecification.Get(access(cell)));
      } else if (specification instanceof AccessRequestSpecification.Set set) {
        data.add(NULL);
        results.add(
            new AccessResponseSpecification.Set(set(cell(set.attribute()), access.data().get(i))));
      } else if (specification instanceof AccessRequestSpecification.Action action) {
        ActionResponseWithOptionalData response =
            invoke(cell(action.method()), access.data().get(i));
        data.add(
            response.returnParameters() instanceof GetDataResult.Data got ? got.value() : NULL);
        results.add(new AccessResponseSpecification.Action(response.result()));
      }
    }
    return new ServiceResponse.Accessed(results, data, Octets.EMPTY);
  }

  /** What a server's application says of each item, so that the client hears this. */
  static List<ItemResult> items(ServiceResponse response) {
    if (response instanceof ServiceResponse.Data read) {
      return read.results().stream().map(MeterModel::item).toList();
    }
    if (response instanceof ServiceResponse.Written written) {
      return written.results().stream().map(ItemResult::of).toList();
    }
    if (response instanceof ServiceResponse.Invoked invoked) {
      return invoked.results().stream()
          .map(
              each ->
                  (ItemResult)
                      new ItemResult.Invoked(
                          each.result(),
                          each.returnParameters() instanceof GetDataResult.Data data
                              ? inPieces(data.value())
                              : null))
          .toList();
    }
    ServiceResponse.Accessed accessed = (ServiceResponse.Accessed) response;
    List<ItemResult> items = new ArrayList<>();
    for (int i = 0; i < accessed.results().size(); i++) {
      AccessResponseSpecification result = accessed.results().get(i);
      DataStream datum = inPieces(accessed.data().get(i));
      if (result instanceof AccessResponseSpecification.Get get) {
        items.add(
            get.result() == DataAccessResult.SUCCESS
                ? ItemResult.of(datum)
                : ItemResult.of(get.result()));
      } else if (result instanceof AccessResponseSpecification.Set set) {
        items.add(ItemResult.of(set.result()));
      } else if (result instanceof AccessResponseSpecification.Action action) {
        items.add(new ItemResult.Invoked(action.result(), datum));
      }
    }
    return items;
  }

  private static ItemResult item(GetDataResult result) {
    return result instanceof GetDataResult.Data data
        ? ItemResult.of(inPieces(data.value()))
        : ItemResult.of(((GetDataResult.Failure) result).result());
  }

  /** A value whose octets come a few at a time. */
  private static DataStream inPieces(EncodedData value) {
    int[] taken = {0};
    return (AxdrWriter writer) -> {
      Octets octets = value.octets();
      int length = Math.min(7, octets.length() - taken[0]);
      writer.writeOctets(octets.slice(taken[0], length));
      taken[0] += length;
      return length > 0;
    };
  }
}
