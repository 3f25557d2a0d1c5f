package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
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
    LongInvokeIdAndPriority invokeId = NotificationFields.readLongInvokeId(reader);
    Octets dateTime = NotificationFields.readDateTime(reader);
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
    ServiceFields.writeList(
        writer, request.specifications(), AccessCodec::writeRequestSpecification);
    ServiceFields.writeList(writer, request.data(), ServiceFields::writeData);
  }

  static AccessResponse readResponse(AxdrReader reader) {
    LongInvokeIdAndPriority invokeId = NotificationFields.readLongInvokeId(reader);
    Octets dateTime = NotificationFields.readDateTime(reader);
    List<AccessRequestSpecification> requestSpecifications =
        reader.readPresence() ? readRequestSpecifications(reader) : null;
    List<EncodedData> data = readData(reader);
    int at = reader.position();
    List<AccessResponseSpecification> results =
        ServiceFields.readList(reader, "results", RESPONSE_SPECIFICATION, AccessCodec::readResult);
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
      ServiceFields.writeList(
          writer, requestSpecifications, AccessCodec::writeRequestSpecification);
    }
    ServiceFields.writeList(writer, response.data(), ServiceFields::writeData);
    ServiceFields.writeList(writer, response.results(), AccessCodec::writeResult);
  }

  private static AxdrException disagree(int at, String what) {
    return new AxdrException(AxdrException.Kind.MALFORMED, at, what, CLAUSE);
  }

  private static List<AccessRequestSpecification> readRequestSpecifications(AxdrReader reader) {
    return ServiceFields.readList(
        reader,
        "specifications",
        LEAST_REQUEST_SPECIFICATION,
        AccessCodec::readRequestSpecification);
  }

  private static AccessRequestSpecification readRequestSpecification(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case GET -> new AccessRequestSpecification.Get(ServiceFields.readAttribute(reader));
      case SET -> new AccessRequestSpecification.Set(ServiceFields.readAttribute(reader));
      case ACTION -> new AccessRequestSpecification.Action(ServiceFields.readMethod(reader));
      case GET_WITH_SELECTION ->
          new AccessRequestSpecification.GetWithSelection(
              ServiceFields.readAttribute(reader), ServiceFields.readSelectiveAccess(reader));
      case SET_WITH_SELECTION ->
          new AccessRequestSpecification.SetWithSelection(
              ServiceFields.readAttribute(reader), ServiceFields.readSelectiveAccess(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Access-Request-Specification", choice);
    };
  }

  private static void writeRequestSpecification(
      AxdrWriter writer, AccessRequestSpecification specification) {
    if (specification instanceof AccessRequestSpecification.Get get) {
      ServiceFields.writeAttribute(writer.writeUnsigned8(GET), get.attribute());
    } else if (specification instanceof AccessRequestSpecification.Set set) {
      ServiceFields.writeAttribute(writer.writeUnsigned8(SET), set.attribute());
    } else if (specification instanceof AccessRequestSpecification.Action action) {
      ServiceFields.writeMethod(writer.writeUnsigned8(ACTION), action.method());
    } else if (specification instanceof AccessRequestSpecification.GetWithSelection get) {
      ServiceFields.writeAttribute(writer.writeUnsigned8(GET_WITH_SELECTION), get.attribute());
      ServiceFields.writeSelectiveAccess(writer, get.selectiveAccess());
    } else if (specification instanceof AccessRequestSpecification.SetWithSelection set) {
      ServiceFields.writeAttribute(writer.writeUnsigned8(SET_WITH_SELECTION), set.attribute());
      ServiceFields.writeSelectiveAccess(writer, set.selectiveAccess());
    }
  }

  private static List<EncodedData> readData(AxdrReader reader) {
    return ServiceFields.readList(reader, "data", LEAST_DATA, EncodedData::read);
  }

  private static AccessResponseSpecification readResult(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case GET -> new AccessResponseSpecification.Get(ServiceFields.readDataAccessResult(reader));
      case SET -> new AccessResponseSpecification.Set(ServiceFields.readDataAccessResult(reader));
      case ACTION -> new AccessResponseSpecification.Action(ServiceFields.readActionResult(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Access-Response-Specification", choice);
    };
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
