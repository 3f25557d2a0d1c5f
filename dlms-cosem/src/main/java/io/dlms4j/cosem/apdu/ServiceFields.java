package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts that services have in common (Green Book 9.5). */
final class ServiceFields {
  private static final String RESULT_CLAUSE = "Green Book 9.5, Get-Data-Result";
  private static final String ACCESS_CLAUSE = "Green Book 9.5, Data-Access-Result";
  private static final String ACTION_CLAUSE = "Green Book 9.5, Action-Result";

  private static final int DATA = 0;
  private static final int DATA_ACCESS_RESULT = 1;

  /** Class, logical name, index. */
  static final int DESCRIPTOR_OCTETS = 2 + 6 + 1;

  /** The tag, as of null-data. */
  static final int LEAST_DATA_OCTETS = 1;

  private ServiceFields() {}

  static InvokeIdAndPriority readInvokeId(AxdrReader reader) {
    return new InvokeIdAndPriority(reader.readUnsigned8());
  }

  static AttributeRef readAttribute(AxdrReader reader) {
    return new AttributeRef(
        reader.readUnsigned16(), readLogicalName(reader), reader.readInteger8());
  }

  static void writeAttribute(AxdrWriter writer, AttributeRef attribute) {
    writer
        .writeUnsigned16(attribute.classId())
        .writeOctets(attribute.logicalName().toOctets())
        .writeInteger8(attribute.attributeIndex());
  }

  static MethodRef readMethod(AxdrReader reader) {
    return new MethodRef(reader.readUnsigned16(), readLogicalName(reader), reader.readInteger8());
  }

  static void writeMethod(AxdrWriter writer, MethodRef method) {
    writer
        .writeUnsigned16(method.classId())
        .writeOctets(method.logicalName().toOctets())
        .writeInteger8(method.methodIndex());
  }

  private static ObisCode readLogicalName(AxdrReader reader) {
    return new ObisCode(
        reader.readUnsigned8(),
        reader.readUnsigned8(),
        reader.readUnsigned8(),
        reader.readUnsigned8(),
        reader.readUnsigned8(),
        reader.readUnsigned8());
  }

  static SelectiveAccess readSelectiveAccess(AxdrReader reader) {
    return new SelectiveAccess(reader.readUnsigned8(), EncodedData.read(reader));
  }

  static void writeSelectiveAccess(AxdrWriter writer, SelectiveAccess access) {
    writer.writeUnsigned8(access.accessSelector()).writeData(access.accessParameters());
  }

  static AttributeWithSelection readAttributeWithSelection(AxdrReader reader) {
    return new AttributeWithSelection(
        readAttribute(reader), reader.readPresence() ? readSelectiveAccess(reader) : null);
  }

  static void writeAttributeWithSelection(
      AxdrWriter writer, AttributeRef attribute, @Nullable SelectiveAccess access) {
    writeAttribute(writer, attribute);
    writer.writePresence(access != null);
    if (access != null) {
      writeSelectiveAccess(writer, access);
    }
  }

  static void writeAttributeWithSelection(AxdrWriter writer, AttributeWithSelection attribute) {
    writeAttributeWithSelection(writer, attribute.attribute(), attribute.selectiveAccess());
  }

  static DataAccessResult readDataAccessResult(AxdrReader reader) {
    int code = reader.peekUnsigned8();
    DataAccessResult result =
        DataAccessResult.ofCode(code)
            .orElseThrow(
                () ->
                    reader.malformed(
                        "data-access-result " + code + " is not defined", ACCESS_CLAUSE));
    reader.skip(1);
    return result;
  }

  static void writeDataAccessResult(AxdrWriter writer, DataAccessResult result) {
    writer.writeUnsigned8(result.code());
  }

  static ActionResult readActionResult(AxdrReader reader) {
    int code = reader.peekUnsigned8();
    ActionResult result =
        ActionResult.ofCode(code)
            .orElseThrow(
                () -> reader.malformed("action-result " + code + " is not defined", ACTION_CLAUSE));
    reader.skip(1);
    return result;
  }

  /**
   * Reads the choice between data and data-access-result, which DataBlock-G has too.
   *
   * @return whether data follow
   */
  static boolean readIsData(AxdrReader reader) {
    int choice = reader.peekUnsigned8();
    if (choice != DATA && choice != DATA_ACCESS_RESULT) {
      throw reader.malformed(
          "result is neither data (0) nor data-access-result (1) but " + choice, RESULT_CLAUSE);
    }
    reader.skip(1);
    return choice == DATA;
  }

  static void writeIsData(AxdrWriter writer, boolean isData) {
    writer.writeUnsigned8(isData ? DATA : DATA_ACCESS_RESULT);
  }

  static GetDataResult readGetDataResult(AxdrReader reader) {
    if (readIsData(reader)) {
      EncodedData value = EncodedData.read(reader);
      return new GetDataResult.Data(value);
    }
    return new GetDataResult.Failure(readDataAccessResult(reader));
  }

  static void writeGetDataResult(AxdrWriter writer, GetDataResult result) {
    if (result instanceof GetDataResult.Data data) {
      writeIsData(writer, true);
      writeData(writer, data.value());
    } else if (result instanceof GetDataResult.Failure failure) {
      writeIsData(writer, false);
      writeDataAccessResult(writer, failure.result());
    }
  }

  static ActionResponseWithOptionalData readActionResponse(AxdrReader reader) {
    return new ActionResponseWithOptionalData(
        readActionResult(reader), reader.readPresence() ? readGetDataResult(reader) : null);
  }

  static void writeActionResponse(AxdrWriter writer, ActionResponseWithOptionalData response) {
    GetDataResult returned = response.returnParameters();
    writer.writeUnsigned8(response.result().code()).writePresence(returned != null);
    if (returned != null) {
      writeGetDataResult(writer, returned);
    }
  }

  static void writeData(AxdrWriter writer, EncodedData data) {
    writer.writeData(data);
  }

  static List<AttributeWithSelection> readAttributes(AxdrReader reader) {
    return Lists.read(
        reader, "attributes", DESCRIPTOR_OCTETS + 1, ServiceFields::readAttributeWithSelection);
  }

  static List<MethodRef> readMethods(AxdrReader reader) {
    return Lists.read(reader, "methods", DESCRIPTOR_OCTETS, ServiceFields::readMethod);
  }

  /** Reads the Data that go with a list of references: there must be one for each. */
  static List<EncodedData> readValues(AxdrReader reader, int references) {
    return readValues(reader, references, "references");
  }

  /** The same, with the name that the references have there, for the message of a fault. */
  static List<EncodedData> readValues(AxdrReader reader, int number, String references) {
    return Lists.readOneEach(
        reader, "values", LEAST_DATA_OCTETS, EncodedData::read, number, references);
  }

  static void writeValues(AxdrWriter writer, List<EncodedData> values) {
    Lists.write(writer, values, ServiceFields::writeData);
  }

  static List<GetDataResult> readGetDataResults(AxdrReader reader) {
    return Lists.read(reader, "results", 2, ServiceFields::readGetDataResult);
  }

  static List<DataAccessResult> readDataAccessResults(AxdrReader reader) {
    return Lists.read(reader, "results", 1, ServiceFields::readDataAccessResult);
  }

  static List<ActionResponseWithOptionalData> readActionResponses(AxdrReader reader) {
    return Lists.read(reader, "responses", 2, ServiceFields::readActionResponse);
  }
}
