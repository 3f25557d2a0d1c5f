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

  /** Choice and descriptor. */
  private static final int LEAST_REQUEST_SPECIFICATION = 1 + ServiceFields.DESCRIPTOR_OCTETS;

  /** Choice and result. */
  private static final int RESPONSE_SPECIFICATION = 1 + 1;

  private AccessCodec() {}

  static AccessRequest readRequest(AxdrReader reader) {
    LongInvokeIdAndPriority invokeId = NotificationFields.readLongInvokeId(reader);
    Octets dateTime = NotificationFields.readDateTime(reader);
    List<AccessRequestSpecification> specifications = readRequestSpecifications(reader);
    List<EncodedData> data =
        Lists.readOneEach(
            reader,
            "data",
            ServiceFields.LEAST_DATA_OCTETS,
            EncodedData::read,
            specifications.size(),
            "specifications");
    return new AccessRequest(invokeId, dateTime, specifications, data);
  }

  static void writeRequest(AxdrWriter writer, AccessRequest request) {
    writer
        .writeUnsigned8(ApduTag.ACCESS_REQUEST)
        .writeUnsigned32(request.longInvokeIdAndPriority().bits())
        .writeOctetString(request.dateTime());
    Lists.write(writer, request.specifications(), AccessCodec::writeRequestSpecification);
    ServiceFields.writeValues(writer, request.data());
  }

  static AccessResponse readResponse(AxdrReader reader) {
    LongInvokeIdAndPriority invokeId = NotificationFields.readLongInvokeId(reader);
    Octets dateTime = NotificationFields.readDateTime(reader);
    List<AccessRequestSpecification> requestSpecifications =
        reader.readPresence() ? readRequestSpecifications(reader) : null;
    List<EncodedData> data =
        Lists.read(reader, "data", ServiceFields.LEAST_DATA_OCTETS, EncodedData::read);
    int at = reader.position();
    List<AccessResponseSpecification> results =
        Lists.readOneEach(
            reader,
            "results",
            RESPONSE_SPECIFICATION,
            AccessCodec::readResult,
            data.size(),
            "data");
    if (requestSpecifications != null && requestSpecifications.size() < results.size()) {
      throw new AxdrException(
          AxdrException.Kind.MALFORMED,
          at,
          results.size() + " results for " + requestSpecifications.size() + " specifications",
          CLAUSE);
    }
    return new AccessResponse(invokeId, dateTime, requestSpecifications, data, results);
  }

  static void writeResponse(AxdrWriter writer, AccessResponse response) {
    List<AccessRequestSpecification> requestSpecifications = response.requestSpecifications();
    writer
        .writeUnsigned8(ApduTag.ACCESS_RESPONSE)
        .writeUnsigned32(response.longInvokeIdAndPriority().bits())
        .writeOctetString(response.dateTime())
        .writePresence(requestSpecifications != null);
    if (requestSpecifications != null) {
      Lists.write(writer, requestSpecifications, AccessCodec::writeRequestSpecification);
    }
    ServiceFields.writeValues(writer, response.data());
    Lists.write(writer, response.results(), AccessCodec::writeResult);
  }

  private static List<AccessRequestSpecification> readRequestSpecifications(AxdrReader reader) {
    return Lists.read(
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
