package io.dlms4j.omnipower;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.Quirk;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.ReadResult;
import io.dlms4j.vectors.GoldenVector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The K351C of the vendor's DLMS description, chapter 4, as far as it prints it. */
final class ChapterFour {
  /**
   * The document prints an array of so many rows, and blocks that hold three more (see the
   * vectors).
   */
  static final int DECLARED_ROWS = 59;

  static final int ROWS_IN_A_BLOCK = 10;
  private static final int ROW_OCTETS = 46;
  private static final int HEADER_OCTETS = 2;
  private static final int MINUTES = 15;

  private ChapterFour() {}

  static byte[] octets(String name) {
    return GoldenVector.load(name).octets();
  }

  /** The rows of the blocks that are printed. */
  static List<Octets> printedRows(String name) {
    ApduCodec codec = ApduCodec.STANDARD;
    Octets apdu = Octets.view(GoldenVector.load(name).apdu());
    if (!(codec.decode(apdu) instanceof GetResponseWithDataBlock block
        && block.result() instanceof GetResponseWithDataBlock.RawData raw)) {
      throw new IllegalArgumentException(name + " is no data block");
    }
    int start = block.blockNumber() == 1 ? HEADER_OCTETS : 0;
    List<Octets> rows = new ArrayList<>();
    for (int at = start; at < raw.octets().length(); at += ROW_OCTETS) {
      rows.add(raw.octets().slice(at, ROW_OCTETS));
    }
    return rows;
  }

  /**
   * Rows in place of those that the document leaves out: from 05:00 on, every quarter of an hour.
   */
  static List<Octets> omittedRows(int count) {
    Octets pattern = printedRows("V16").get(0);
    List<Octets> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] row = pattern.toByteArray();
      int minute = 5 * 60 + i * MINUTES;
      row[9] = (byte) (minute / 60);
      row[10] = (byte) (minute % 60);
      rows.add(Octets.view(row));
    }
    return rows;
  }

  /** Everything from 00:00 to 15:15: seven blocks' worth. */
  static List<Octets> allRows() {
    List<Octets> rows = new ArrayList<>(printedRows("V14"));
    rows.addAll(printedRows("V16"));
    rows.addAll(omittedRows(4 * ROWS_IN_A_BLOCK));
    rows.addAll(printedRows("V18"));
    return rows;
  }

  /** The meter: its data, and what its AAREs grant. */
  static PhysicalDevice device() {
    LogicalDevice management =
        LogicalDevice.builder(1, Octets.ofAscii("KAMM12345679"))
            .object(
                CosemObject.data(
                    ObisCode.of("1.1.0.0.1.255"), () -> CosemData.doubleLongUnsigned(12_345_679)))
            .association(
                16,
                config(EnumSet.of(Conformance.GET, Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ))
                    .build(),
                AccessPolicy.readOnly())
            .build();
    LogicalDevice metering =
        LogicalDevice.builder(16, Octets.ofAscii("KAME12345679"))
            .object(
                CosemObject.builder(7, 1, ObisCode.of("1.1.99.1.0.255"))
                    .attribute(
                        2, List.of(RangeDescriptor.SELECTOR), request -> ReadResult.of(buffer()))
                    .build())
            .association(
                18,
                config(
                        EnumSet.of(
                            Conformance.GET,
                            Conformance.SET,
                            Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                            Conformance.SELECTIVE_ACCESS))
                    .lowLevelSecurity(Password.ofText("12345"))
                    .build(),
                AccessPolicy.readOnly())
            .build();
    return PhysicalDevice.of(32, management, metering);
  }

  private static ServerAssociationConfig.Builder config(Set<Conformance> conformance) {
    return ServerAssociationConfig.builder()
        .lowestLevelSecurity()
        .conformance(conformance)
        .maxReceivePduSize(125)
        .maxSendPduSize(509)
        .quirks(EnumSet.allOf(Quirk.class));
  }

  /** A header that says what the document prints, and then the rows. */
  private static DataStream buffer() {
    Iterator<Octets> rows = allRows().iterator();
    return new DataStream() {
      private boolean headerWritten;

      @Override
      public boolean writeNext(AxdrWriter writer) {
        if (!headerWritten) {
          writer.writeUnsigned8(DataTag.ARRAY.value()).writeLength(DECLARED_ROWS);
          headerWritten = true;
          return true;
        }
        if (!rows.hasNext()) {
          return false;
        }
        writer.writeOctets(rows.next());
        return true;
      }
    };
  }
}
