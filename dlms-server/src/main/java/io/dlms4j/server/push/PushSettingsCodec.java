package io.dlms4j.server.push;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.DataReader;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of a Push setup object on the wire (Blue Book 4.4.8). Reading throws {@link
 * AxdrException} where a value is not of the attribute's type, or says what is not known here.
 */
final class PushSettingsCodec {
  private static final String CLAUSE = "Blue Book 4.4.8, Push setup";

  /** A-XDR encoded xDLMS APDU. */
  private static final int AXDR_MESSAGE = 0;

  private PushSettingsCodec() {}

  static CosemData objects(List<PushObjectDefinition> objects) {
    return CosemData.array(
        objects.stream()
            .map(
                each ->
                    CosemData.structure(
                        CosemData.longUnsigned(each.attribute().classId()),
                        CosemData.octetString(each.attribute().logicalName().toOctets()),
                        CosemData.integer(each.attribute().attributeIndex()),
                        CosemData.longUnsigned(each.dataIndex())))
            .toList());
  }

  static List<PushObjectDefinition> readObjects(EncodedData value) {
    DataReader reader = value.reader();
    List<PushObjectDefinition> objects = new ArrayList<>();
    for (int left = size(reader); left > 0; left--) {
      requireElements(reader.beginStructure(), 4);
      int classId = number(reader, DataTag.LONG_UNSIGNED);
      ObisCode name =
          ObisCode.ofOctets(reader.readOctetString())
              .orElseThrow(() -> refused("a logical name has 6 octets"));
      int index = number(reader, DataTag.INTEGER);
      objects.add(
          new PushObjectDefinition(
              new AttributeRef(classId, name, index), number(reader, DataTag.LONG_UNSIGNED)));
    }
    return objects;
  }

  static CosemData destination(PushDestination destination) {
    return CosemData.structure(
        CosemData.enumerated(destination.service().code()),
        CosemData.octetString(destination.destination()),
        CosemData.enumerated(AXDR_MESSAGE));
  }

  static PushDestination readDestination(EncodedData value) {
    DataReader reader = value.reader();
    requireElements(reader.beginStructure(), 3);
    int code = number(reader, DataTag.ENUM);
    Octets destination = reader.readOctetString();
    if (destination.length() > 0xFF) {
      throw refused("a destination of " + destination.length() + " octets");
    }
    int message = number(reader, DataTag.ENUM);
    if (message != AXDR_MESSAGE) {
      throw refused("message type " + message + ", where 0, A-XDR, is sent");
    }
    for (TransportService service : TransportService.values()) {
      if (service.code() == code) {
        return new PushDestination(service, destination);
      }
    }
    throw refused("transport service " + code);
  }

  static CosemData windows(List<CommunicationWindow> windows) {
    return CosemData.array(
        windows.stream()
            .map(
                each ->
                    CosemData.structure(
                        CosemData.octetString(each.start().encode()),
                        CosemData.octetString(each.end().encode())))
            .toList());
  }

  static List<CommunicationWindow> readWindows(EncodedData value) {
    DataReader reader = value.reader();
    List<CommunicationWindow> windows = new ArrayList<>();
    for (int left = size(reader); left > 0; left--) {
      requireElements(reader.beginStructure(), 2);
      CosemDateTime start = CosemDateTime.decode(reader.readOctetString());
      windows.add(new CommunicationWindow(start, CosemDateTime.decode(reader.readOctetString())));
    }
    return windows;
  }

  static CosemData repetitionDelay(RepetitionDelay delay, int version) {
    return version == 0
        ? CosemData.longUnsigned(delay.min())
        : CosemData.structure(
            CosemData.longUnsigned(delay.min()),
            CosemData.longUnsigned(delay.exponent()),
            CosemData.longUnsigned(delay.max()));
  }

  static RepetitionDelay readRepetitionDelay(EncodedData value, int version) {
    DataReader reader = value.reader();
    if (version == 0) {
      return RepetitionDelay.of(number(reader, DataTag.LONG_UNSIGNED));
    }
    requireElements(reader.beginStructure(), 3);
    return new RepetitionDelay(
        number(reader, DataTag.LONG_UNSIGNED),
        number(reader, DataTag.LONG_UNSIGNED),
        number(reader, DataTag.LONG_UNSIGNED));
  }

  static int readNumber(EncodedData value, DataTag type) {
    return number(value.reader(), type);
  }

  private static int number(DataReader reader, DataTag type) {
    if (reader.peekTag() != type) {
      throw refused(reader.peekTag() + " in place of " + type);
    }
    return (int) reader.readIntegral();
  }

  private static int size(DataReader reader) {
    int size = reader.beginArray();
    if (size > PushSettings.MOST_ELEMENTS) {
      throw refused("an array of " + size + " elements");
    }
    return size;
  }

  private static void requireElements(int there, int due) {
    if (there != due) {
      throw refused("a structure of " + there + " elements, not " + due);
    }
  }

  private static AxdrException refused(String what) {
    return new AxdrException(AxdrException.Kind.MALFORMED, AxdrException.NO_OFFSET, what, CLAUSE);
  }
}
