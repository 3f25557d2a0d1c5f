package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;

/** The parts that ACCESS and the notifications share with one another (Green Book 9.5). */
final class Descriptors {
  private static final String CLAUSE = "Green Book 9.5";

  private Descriptors() {}

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
    writer.writeUnsigned8(access.accessSelector()).writeOctets(access.accessParameters().octets());
  }

  static DataAccessResult readDataAccessResult(AxdrReader reader) {
    int code = reader.peekUnsigned8();
    DataAccessResult result =
        DataAccessResult.ofCode(code)
            .orElseThrow(
                () -> reader.malformed("data-access-result " + code + " is not defined", CLAUSE));
    reader.skip(1);
    return result;
  }

  static ActionResult readActionResult(AxdrReader reader) {
    int code = reader.peekUnsigned8();
    ActionResult result =
        ActionResult.ofCode(code)
            .orElseThrow(
                () -> reader.malformed("action-result " + code + " is not defined", CLAUSE));
    reader.skip(1);
    return result;
  }

  static LongInvokeIdAndPriority readLongInvokeId(AxdrReader reader) {
    return new LongInvokeIdAndPriority(reader.readUnsigned32());
  }

  /** Reads the octet string date-time; a faulty length is reported where it stands. */
  static Octets readDateTime(AxdrReader reader) {
    int at = reader.position();
    int length = reader.readLength();
    if (!NotificationDateTime.isLength(length)) {
      throw new AxdrException(
          AxdrException.Kind.MALFORMED,
          at,
          "a date-time has " + length + " octets, not 0 or 12",
          CLAUSE + "; Blue Book 4.1.6.1");
    }
    return reader.readOctets(length);
  }

  /**
   * Reads how many items a list has. There are no more than the limits allow to any Data, and each
   * has at least as many octets as given, so that nothing is set aside for a list that is not
   * there.
   */
  static int readCount(AxdrReader reader, int leastOctets, String what) {
    int at = reader.position();
    int count = reader.readLength();
    if (count > reader.limits().maxElements()) {
      throw new AxdrException(
          AxdrException.Kind.LIMIT, at, count + " " + what + " are more than are taken", CLAUSE);
    }
    if (count > reader.remaining() / leastOctets) {
      throw new AxdrException(
          AxdrException.Kind.TRUNCATED,
          at,
          count + " " + what + " do not fit into " + reader.remaining() + " octets",
          CLAUSE);
    }
    return count;
  }
}
