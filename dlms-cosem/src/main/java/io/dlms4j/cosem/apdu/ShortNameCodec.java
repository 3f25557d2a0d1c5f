package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The services that refer to attributes and methods by short name. */
final class ShortNameCodec {
  static final int READ_REQUEST = 0x05;
  static final int WRITE_REQUEST = 0x06;
  static final int READ_RESPONSE = 0x0C;
  static final int WRITE_RESPONSE = 0x0D;
  static final int UNCONFIRMED_WRITE_REQUEST = 0x16;
  static final int INFORMATION_REPORT_REQUEST = 0x18;

  /**
   * Tag, one element, its choice, last-block, block-number: before the raw data of a block in a
   * ReadRequest or ReadResponse.
   */
  static final int READ_BLOCK_HEADER = 1 + 1 + 1 + 1 + 2;

  /** The same in a WriteRequest, whose raw data are in the one element of its list of data. */
  static final int WRITE_BLOCK_HEADER = READ_BLOCK_HEADER + 1 + 1;

  private static final String CLAUSE = "Green Book 9.5, short names";

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

  private ShortNameCodec() {}

  /** Refuses lists that our own code made and that do not belong together. */
  static void requireSameSize(int variables, int values) {
    if (variables != values) {
      throw new IllegalArgumentException(values + " values for " + variables + " variables");
    }
  }

  static ReadRequest readReadRequest(AxdrReader reader) {
    return new ReadRequest(readList(reader, ShortNameCodec::readVariable));
  }

  static ReadResponse readReadResponse(AxdrReader reader) {
    return new ReadResponse(readList(reader, ShortNameCodec::readReadResult));
  }

  static WriteRequest readWriteRequest(AxdrReader reader) {
    List<VariableAccess> variables = readList(reader, ShortNameCodec::readVariable);
    return new WriteRequest(variables, readValues(reader, variables.size()));
  }

  static WriteResponse readWriteResponse(AxdrReader reader) {
    return new WriteResponse(readList(reader, ShortNameCodec::readWriteResult));
  }

  static UnconfirmedWriteRequest readUnconfirmedWriteRequest(AxdrReader reader) {
    List<VariableAccess> variables = readList(reader, ShortNameCodec::readVariable);
    return new UnconfirmedWriteRequest(variables, readValues(reader, variables.size()));
  }

  static InformationReport readInformationReport(AxdrReader reader) {
    Octets currentTime = reader.readPresence() ? reader.readOctetString() : null;
    List<VariableAccess> variables = readList(reader, ShortNameCodec::readVariable);
    return new InformationReport(currentTime, variables, readValues(reader, variables.size()));
  }

  static void write(AxdrWriter writer, ShortNameApdu apdu) {
    if (apdu instanceof ReadRequest request) {
      writer.writeUnsigned8(READ_REQUEST);
      writeList(writer, request.variables(), ShortNameCodec::writeVariable);
    } else if (apdu instanceof ReadResponse response) {
      writer.writeUnsigned8(READ_RESPONSE);
      writeList(writer, response.results(), ShortNameCodec::writeReadResult);
    } else if (apdu instanceof WriteRequest request) {
      writer.writeUnsigned8(WRITE_REQUEST);
      writeVariablesAndValues(writer, request.variables(), request.values());
    } else if (apdu instanceof WriteResponse response) {
      writer.writeUnsigned8(WRITE_RESPONSE);
      writeList(writer, response.results(), ShortNameCodec::writeWriteResult);
    } else if (apdu instanceof UnconfirmedWriteRequest request) {
      writer.writeUnsigned8(UNCONFIRMED_WRITE_REQUEST);
      writeVariablesAndValues(writer, request.variables(), request.values());
    } else if (apdu instanceof InformationReport report) {
      writer.writeUnsigned8(INFORMATION_REPORT_REQUEST);
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
    writeList(writer, variables, ShortNameCodec::writeVariable);
    writeList(writer, values, (w, value) -> w.writeOctets(value.octets()));
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
          .writeOctets(access.parameter().octets());
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
      case READ_DATA_ACCESS_ERROR -> new ReadResult.Failure(readDataAccessResult(reader));
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
      writer.writeOctets(data.value().octets());
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
      case WRITE_DATA_ACCESS_ERROR -> new WriteResult.Failure(readDataAccessResult(reader));
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

  private static DataAccessResult readDataAccessResult(AxdrReader reader) {
    int code = reader.peekUnsigned8();
    DataAccessResult result =
        DataAccessResult.ofCode(code)
            .orElseThrow(
                () -> reader.malformed("data-access-result " + code + " is not defined", CLAUSE));
    reader.skip(1);
    return result;
  }

  private static List<EncodedData> readValues(AxdrReader reader, int variables) {
    int position = reader.position();
    int number = readCount(reader);
    if (number != variables) {
      throw new AxdrException(
          AxdrException.Kind.MALFORMED,
          position,
          number + " values for " + variables + " variables",
          CLAUSE);
    }
    return readElements(reader, number, EncodedData::read);
  }

  private static <T> List<T> readList(AxdrReader reader, Function<AxdrReader, T> element) {
    return readElements(reader, readCount(reader), element);
  }

  private static <T> List<T> readElements(
      AxdrReader reader, int number, Function<AxdrReader, T> element) {
    List<T> list = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      list.add(element.apply(reader));
    }
    return list;
  }

  /** A number of elements is believed as far as octets and limits go: none takes no octet. */
  private static int readCount(AxdrReader reader) {
    int position = reader.position();
    int number = reader.readLength();
    int most = reader.limits().maxElements();
    if (number > most) {
      throw new AxdrException(
          AxdrException.Kind.LIMIT,
          position,
          number + " elements, where at most " + most + " are taken",
          "limit of this decoder");
    }
    if (number > reader.remaining()) {
      throw new AxdrException(
          AxdrException.Kind.TRUNCATED,
          position,
          number + " elements, and " + reader.remaining() + " octets left for them",
          CLAUSE);
    }
    return number;
  }

  private static <T> void writeList(
      AxdrWriter writer, List<T> list, BiConsumer<AxdrWriter, T> element) {
    writer.writeLength(list.size());
    for (T each : list) {
      element.accept(writer, each);
    }
  }
}
