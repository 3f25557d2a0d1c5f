package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;

/** Access-Request and Access-Response. */
final class AccessCodec {
  private static final String CLAUSE = "Green Book 9.5, ACCESS";

  private static final int GET = 1;
  private static final int SET = 2;
  private static final int ACTION = 3;
  private static final int GET_WITH_SELECTION = 4;
  private static final int SET_WITH_SELECTION = 5;

  /** Choice, class_id, logical name, index. */
  private static final int LEAST_REQUEST_SPECIFICATION = 1 + 2 + 6 + 1;

  /** Choice and result. */
  private static final int RESPONSE_SPECIFICATION = 1 + 1;

  /** The tag, as of null-data. */
  private static final int LEAST_DATA = 1;

  private AccessCodec() {}

  static AccessRequest readRequest(AxdrReader reader) {
    LongInvokeIdAndPriority invokeId = Descriptors.readLongInvokeId(reader);
    Octets dateTime = Descriptors.readDateTime(reader);
    List<AccessRequestSpecification> specifications = readRequestSpecifications(reader);
    int at = reader.position();
    List<EncodedData> data = readData(reader);
    if (data.size() != specifications.size()) {
      throw disagree(at, data.size() + " data for " + specifications.size() + " specifications");
    }
    return new AccessRequest(invokeId, dateTime, specifications, data);
  }

  static void writeRequest(AxdrWriter writer, AccessRequest request) {
    writer
        .writeUnsigned8(ApduCodec.ACCESS_REQUEST)
        .writeUnsigned32(request.longInvokeIdAndPriority().bits())
        .writeOctetString(request.dateTime());
    writeRequestSpecifications(writer, request.specifications());
    writeData(writer, request.data());
  }

  static AccessResponse readResponse(AxdrReader reader) {
    LongInvokeIdAndPriority invokeId = Descriptors.readLongInvokeId(reader);
    Octets dateTime = Descriptors.readDateTime(reader);
    List<AccessRequestSpecification> requestSpecifications =
        reader.readPresence() ? readRequestSpecifications(reader) : null;
    List<EncodedData> data = readData(reader);
    int at = reader.position();
    List<AccessResponseSpecification> results = readResults(reader);
    if (results.size() != data.size()) {
      throw disagree(at, results.size() + " results with " + data.size() + " data");
    }
    if (requestSpecifications != null && requestSpecifications.size() < results.size()) {
      throw disagree(
          at, results.size() + " results for " + requestSpecifications.size() + " specifications");
    }
    return new AccessResponse(invokeId, dateTime, requestSpecifications, data, results);
  }

  static void writeResponse(AxdrWriter writer, AccessResponse response) {
    List<AccessRequestSpecification> requestSpecifications = response.requestSpecifications();
    writer
        .writeUnsigned8(ApduCodec.ACCESS_RESPONSE)
        .writeUnsigned32(response.longInvokeIdAndPriority().bits())
        .writeOctetString(response.dateTime())
        .writePresence(requestSpecifications != null);
    if (requestSpecifications != null) {
      writeRequestSpecifications(writer, requestSpecifications);
    }
    writeData(writer, response.data());
    writer.writeLength(response.results().size());
    for (AccessResponseSpecification result : response.results()) {
      writeResult(writer, result);
    }
  }

  private static AxdrException disagree(int at, String what) {
    return new AxdrException(AxdrException.Kind.MALFORMED, at, what, CLAUSE);
  }

  private static List<AccessRequestSpecification> readRequestSpecifications(AxdrReader reader) {
    int count = Descriptors.readCount(reader, LEAST_REQUEST_SPECIFICATION, "specifications");
    List<AccessRequestSpecification> specifications = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      specifications.add(readRequestSpecification(reader));
    }
    return specifications;
  }

  private static AccessRequestSpecification readRequestSpecification(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case GET -> new AccessRequestSpecification.Get(Descriptors.readAttribute(reader));
      case SET -> new AccessRequestSpecification.Set(Descriptors.readAttribute(reader));
      case ACTION -> new AccessRequestSpecification.Action(Descriptors.readMethod(reader));
      case GET_WITH_SELECTION ->
          new AccessRequestSpecification.GetWithSelection(
              Descriptors.readAttribute(reader), Descriptors.readSelectiveAccess(reader));
      case SET_WITH_SELECTION ->
          new AccessRequestSpecification.SetWithSelection(
              Descriptors.readAttribute(reader), Descriptors.readSelectiveAccess(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Access-Request-Specification", choice);
    };
  }

  private static void writeRequestSpecifications(
      AxdrWriter writer, List<AccessRequestSpecification> specifications) {
    writer.writeLength(specifications.size());
    for (AccessRequestSpecification specification : specifications) {
      writeRequestSpecification(writer, specification);
    }
  }

  private static void writeRequestSpecification(
      AxdrWriter writer, AccessRequestSpecification specification) {
    if (specification instanceof AccessRequestSpecification.Get get) {
      Descriptors.writeAttribute(writer.writeUnsigned8(GET), get.attribute());
    } else if (specification instanceof AccessRequestSpecification.Set set) {
      Descriptors.writeAttribute(writer.writeUnsigned8(SET), set.attribute());
    } else if (specification instanceof AccessRequestSpecification.Action action) {
      Descriptors.writeMethod(writer.writeUnsigned8(ACTION), action.method());
    } else if (specification instanceof AccessRequestSpecification.GetWithSelection get) {
      Descriptors.writeAttribute(writer.writeUnsigned8(GET_WITH_SELECTION), get.attribute());
      Descriptors.writeSelectiveAccess(writer, get.selectiveAccess());
    } else if (specification instanceof AccessRequestSpecification.SetWithSelection set) {
      Descriptors.writeAttribute(writer.writeUnsigned8(SET_WITH_SELECTION), set.attribute());
      Descriptors.writeSelectiveAccess(writer, set.selectiveAccess());
    }
  }

  private static List<EncodedData> readData(AxdrReader reader) {
    int count = Descriptors.readCount(reader, LEAST_DATA, "data");
    List<EncodedData> data = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      data.add(EncodedData.read(reader));
    }
    return data;
  }

  private static void writeData(AxdrWriter writer, List<EncodedData> data) {
    writer.writeLength(data.size());
    for (EncodedData datum : data) {
      writer.writeOctets(datum.octets());
    }
  }

  private static List<AccessResponseSpecification> readResults(AxdrReader reader) {
    int count = Descriptors.readCount(reader, RESPONSE_SPECIFICATION, "results");
    List<AccessResponseSpecification> results = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int choice = reader.readUnsigned8();
      results.add(
          switch (choice) {
            case GET ->
                new AccessResponseSpecification.Get(Descriptors.readDataAccessResult(reader));
            case SET ->
                new AccessResponseSpecification.Set(Descriptors.readDataAccessResult(reader));
            case ACTION ->
                new AccessResponseSpecification.Action(Descriptors.readActionResult(reader));
            default ->
                throw ApduCodec.unknownChoice(reader, "Access-Response-Specification", choice);
          });
    }
    return results;
  }

  private static void writeResult(AxdrWriter writer, AccessResponseSpecification result) {
    if (result instanceof AccessResponseSpecification.Get get) {
      writer.writeUnsigned8(GET).writeUnsigned8(get.result().code());
    } else if (result instanceof AccessResponseSpecification.Set set) {
      writer.writeUnsigned8(SET).writeUnsigned8(set.result().code());
    } else if (result instanceof AccessResponseSpecification.Action action) {
      writer.writeUnsigned8(ACTION).writeUnsigned8(action.result().code());
    }
  }
}
