package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import java.util.List;

/** The services that refer to attributes and methods by short name. */
final class ShortNameCodec {
  /**
   * Tag, one element, its choice, last-block, block-number: before the raw data of a block in a
   * ReadRequest or ReadResponse.
   */
  static final int READ_BLOCK_HEADER = 1 + 1 + 1 + 1 + 2;

  /** The same in a WriteRequest, whose raw data are in the one element of its list of data. */
  static final int WRITE_BLOCK_HEADER = READ_BLOCK_HEADER + 1 + 1;

  private static final int VARIABLE_NAME = 2;
  private static final int PARAMETERIZED_ACCESS = 4;
  private static final int BLOCK_NUMBER_ACCESS = 5;
  private static final int READ_DATA_BLOCK_ACCESS = 6;
  private static final int WRITE_DATA_BLOCK_ACCESS = 7;

  private static final int READ_DATA = 0;
  private static final int READ_DATA_ACCESS_ERROR = 1;
  private static final int READ_DATA_BLOCK_RESULT = 2;
  private static final int READ_BLOCK_NUMBER = 3;

  private static final int WRITE_SUCCESS = 0;
  private static final int WRITE_DATA_ACCESS_ERROR = 1;
  private static final int WRITE_BLOCK_NUMBER = 2;

  /** Choice, and a name or number of two octets. */
  private static final int LEAST_VARIABLE = 1 + 2;

  /** Choice, and a result or null-data. */
  private static final int LEAST_READ_RESULT = 1 + 1;

  /** The choice, as of success. */
  private static final int LEAST_WRITE_RESULT = 1;

  private static final String VARIABLES = "variables";

  private ShortNameCodec() {}

  static ReadRequest readReadRequest(AxdrReader reader) {
    return new ReadRequest(readVariables(reader));
  }

  static ReadResponse readReadResponse(AxdrReader reader) {
    return new ReadResponse(
        Lists.read(reader, "results", LEAST_READ_RESULT, ShortNameCodec::readReadResult));
  }

  static WriteRequest readWriteRequest(AxdrReader reader) {
    List<VariableAccess> variables = readVariables(reader);
    return new WriteRequest(
        variables, ServiceFields.readValues(reader, variables.size(), VARIABLES));
  }

  static WriteResponse readWriteResponse(AxdrReader reader) {
    return new WriteResponse(
        Lists.read(reader, "results", LEAST_WRITE_RESULT, ShortNameCodec::readWriteResult));
  }

  static UnconfirmedWriteRequest readUnconfirmedWriteRequest(AxdrReader reader) {
    List<VariableAccess> variables = readVariables(reader);
    return new UnconfirmedWriteRequest(
        variables, ServiceFields.readValues(reader, variables.size(), VARIABLES));
  }

  static InformationReport readInformationReport(AxdrReader reader) {
    Octets currentTime = reader.readPresence() ? reader.readOctetString() : null;
    List<VariableAccess> variables = readVariables(reader);
    return new InformationReport(
        currentTime, variables, ServiceFields.readValues(reader, variables.size(), VARIABLES));
  }

  static void write(AxdrWriter writer, ShortNameApdu apdu) {
    if (apdu instanceof ReadRequest request) {
      writer.writeUnsigned8(ApduTag.READ_REQUEST);
      Lists.write(writer, request.variables(), ShortNameCodec::writeVariable);
    } else if (apdu instanceof ReadResponse response) {
      writer.writeUnsigned8(ApduTag.READ_RESPONSE);
      Lists.write(writer, response.results(), ShortNameCodec::writeReadResult);
    } else if (apdu instanceof WriteRequest request) {
      writer.writeUnsigned8(ApduTag.WRITE_REQUEST);
      writeVariablesAndValues(writer, request.variables(), request.values());
    } else if (apdu instanceof WriteResponse response) {
      writer.writeUnsigned8(ApduTag.WRITE_RESPONSE);
      Lists.write(writer, response.results(), ShortNameCodec::writeWriteResult);
    } else if (apdu instanceof UnconfirmedWriteRequest request) {
      writer.writeUnsigned8(ApduTag.UNCONFIRMED_WRITE_REQUEST);
      writeVariablesAndValues(writer, request.variables(), request.values());
    } else if (apdu instanceof InformationReport report) {
      writer.writeUnsigned8(ApduTag.INFORMATION_REPORT_REQUEST);
      Octets currentTime = report.currentTime();
      writer.writePresence(currentTime != null);
      if (currentTime != null) {
        writer.writeOctetString(currentTime);
      }
      writeVariablesAndValues(writer, report.variables(), report.values());
    }
  }

  private static void writeVariablesAndValues(
      AxdrWriter writer, List<VariableAccess> variables, List<EncodedData> values) {
    Lists.write(writer, variables, ShortNameCodec::writeVariable);
    ServiceFields.writeValues(writer, values);
  }

  private static List<VariableAccess> readVariables(AxdrReader reader) {
    return Lists.read(reader, VARIABLES, LEAST_VARIABLE, ShortNameCodec::readVariable);
  }

  private static VariableAccess readVariable(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case VARIABLE_NAME -> new VariableAccess.VariableName(reader.readUnsigned16());
      case PARAMETERIZED_ACCESS ->
          new VariableAccess.ParameterizedAccess(
              reader.readUnsigned16(), reader.readUnsigned8(), EncodedData.read(reader));
      case BLOCK_NUMBER_ACCESS -> new VariableAccess.BlockNumberAccess(reader.readUnsigned16());
      case READ_DATA_BLOCK_ACCESS ->
          new VariableAccess.ReadDataBlockAccess(
              reader.readBoolean(), reader.readUnsigned16(), reader.readOctetString());
      case WRITE_DATA_BLOCK_ACCESS ->
          new VariableAccess.WriteDataBlockAccess(reader.readBoolean(), reader.readUnsigned16());
      default -> throw ApduCodec.unknownChoice(reader, "Variable-Access-Specification", choice);
    };
  }

  private static void writeVariable(AxdrWriter writer, VariableAccess variable) {
    if (variable instanceof VariableAccess.VariableName name) {
      writer.writeUnsigned8(VARIABLE_NAME).writeUnsigned16(name.objectName());
    } else if (variable instanceof VariableAccess.ParameterizedAccess access) {
      writer
          .writeUnsigned8(PARAMETERIZED_ACCESS)
          .writeUnsigned16(access.objectName())
          .writeUnsigned8(access.selector())
          .writeData(access.parameter());
    } else if (variable instanceof VariableAccess.BlockNumberAccess access) {
      writer.writeUnsigned8(BLOCK_NUMBER_ACCESS).writeUnsigned16(access.blockNumber());
    } else if (variable instanceof VariableAccess.ReadDataBlockAccess access) {
      writer
          .writeUnsigned8(READ_DATA_BLOCK_ACCESS)
          .writeBoolean(access.lastBlock())
          .writeUnsigned16(access.blockNumber())
          .writeOctetString(access.rawData());
    } else if (variable instanceof VariableAccess.WriteDataBlockAccess access) {
      writer
          .writeUnsigned8(WRITE_DATA_BLOCK_ACCESS)
          .writeBoolean(access.lastBlock())
          .writeUnsigned16(access.blockNumber());
    }
  }

  private static ReadResult readReadResult(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case READ_DATA -> new ReadResult.Data(EncodedData.read(reader));
      case READ_DATA_ACCESS_ERROR ->
          new ReadResult.Failure(ServiceFields.readDataAccessResult(reader));
      case READ_DATA_BLOCK_RESULT ->
          new ReadResult.DataBlockResult(
              reader.readBoolean(), reader.readUnsigned16(), reader.readOctetString());
      case READ_BLOCK_NUMBER -> new ReadResult.BlockNumber(reader.readUnsigned16());
      default -> throw ApduCodec.unknownChoice(reader, "ReadResponse", choice);
    };
  }

  static void beginReadData(AxdrWriter writer) {
    writer.writeUnsigned8(READ_DATA);
  }

  static void writeReadResult(AxdrWriter writer, ReadResult result) {
    if (result instanceof ReadResult.Data data) {
      beginReadData(writer);
      writer.writeData(data.value());
    } else if (result instanceof ReadResult.Failure failure) {
      writer.writeUnsigned8(READ_DATA_ACCESS_ERROR).writeUnsigned8(failure.result().code());
    } else if (result instanceof ReadResult.DataBlockResult block) {
      writer
          .writeUnsigned8(READ_DATA_BLOCK_RESULT)
          .writeBoolean(block.lastBlock())
          .writeUnsigned16(block.blockNumber())
          .writeOctetString(block.rawData());
    } else if (result instanceof ReadResult.BlockNumber number) {
      writer.writeUnsigned8(READ_BLOCK_NUMBER).writeUnsigned16(number.blockNumber());
    }
  }

  private static WriteResult readWriteResult(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case WRITE_SUCCESS -> new WriteResult.Success();
      case WRITE_DATA_ACCESS_ERROR ->
          new WriteResult.Failure(ServiceFields.readDataAccessResult(reader));
      case WRITE_BLOCK_NUMBER -> new WriteResult.BlockNumber(reader.readUnsigned16());
      default -> throw ApduCodec.unknownChoice(reader, "WriteResponse", choice);
    };
  }

  private static void writeWriteResult(AxdrWriter writer, WriteResult result) {
    if (result instanceof WriteResult.Success) {
      writer.writeUnsigned8(WRITE_SUCCESS);
    } else if (result instanceof WriteResult.Failure failure) {
      writer.writeUnsigned8(WRITE_DATA_ACCESS_ERROR).writeUnsigned8(failure.result().code());
    } else if (result instanceof WriteResult.BlockNumber number) {
      writer.writeUnsigned8(WRITE_BLOCK_NUMBER).writeUnsigned16(number.blockNumber());
    }
  }
}
