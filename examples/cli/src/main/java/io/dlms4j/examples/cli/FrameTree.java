package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.hdlc.FrameReject;
import io.dlms4j.hdlc.HdlcException;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.LlcHeader;
import io.dlms4j.link.Payload;
import java.util.Locale;

/** An HDLC frame as a tree of its fields, down to the APDU. */
final class FrameTree {
  private static final int FLAG = 0x7E;

  private FrameTree() {}

  /** Whether octets look like a frame of format type 3, with or without its flags. */
  static boolean looksLikeFrame(Octets octets) {
    int start = !octets.isEmpty() && octets.at(0) == FLAG ? 1 : 0;
    return octets.length() > start && (octets.at(start) & 0xF0) == 0xA0;
  }

  /**
   * Adds a frame.
   *
   * @throws HdlcException if it is none
   */
  static void add(Tree tree, Octets octets) {
    int start = octets.at(0) == FLAG ? 1 : 0;
    int end = octets.at(octets.length() - 1) == FLAG ? octets.length() - 1 : octets.length();
    Octets between = octets.slice(start, end - start);
    HdlcFrame frame =
        HdlcFrame.decode(Payload.of(between.array(), between.offset(), between.length()));
    tree.line("HDLC frame, " + between.length() + " octets between the flags")
        .inside(
            () -> {
              tree.line("destination address " + frame.destination());
              tree.line("source address " + frame.source());
              tree.line("control %02X: %s".formatted(frame.control(), control(frame)));
              tree.line(frame.information().length() == 0 ? "FCS right" : "HCS and FCS right");
              information(tree, frame);
            });
  }

  private static String control(HdlcFrame frame) {
    String name =
        frame instanceof HdlcFrame.Undefined
            ? "undefined"
            : frame.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    String pollFinal = frame.pollFinal() ? ", P/F=1" : ", P/F=0";
    if (frame instanceof HdlcFrame.I i) {
      return name
          + ", N(S)="
          + i.sendSequenceNumber()
          + ", N(R)="
          + i.receiveSequenceNumber()
          + pollFinal
          + (i.segmented() ? ", segmented: more follow" : "");
    } else if (frame instanceof HdlcFrame.Rr rr) {
      return name + ", N(R)=" + rr.receiveSequenceNumber() + pollFinal;
    } else if (frame instanceof HdlcFrame.Rnr rnr) {
      return name + ", N(R)=" + rnr.receiveSequenceNumber() + pollFinal;
    }
    return name + pollFinal;
  }

  private static void information(Tree tree, HdlcFrame frame) {
    Payload information = frame.information();
    if (information.length() == 0) {
      return;
    }
    if (frame instanceof HdlcFrame.Snrm || frame instanceof HdlcFrame.Ua) {
      HdlcParameters parameters = HdlcParameters.decode(information);
      tree.line("link parameters")
          .inside(
              () -> {
                tree.line(
                    "maximum information field length, transmit "
                        + parameters.maxInformationFieldLengthTransmit());
                tree.line(
                    "maximum information field length, receive "
                        + parameters.maxInformationFieldLengthReceive());
                tree.line("window size, transmit " + parameters.windowSizeTransmit());
                tree.line("window size, receive " + parameters.windowSizeReceive());
              });
    } else if (frame instanceof HdlcFrame.Frmr) {
      tree.line(FrameReject.decode(information).toString());
    } else if (LlcHeader.COMMAND.begins(information) || LlcHeader.RESPONSE.begins(information)) {
      tree.line(
          LlcHeader.COMMAND.begins(information)
              ? "LLC header E6 E6 00: to the server"
              : "LLC header E6 E7 00: from the server");
      Payload apdu = information.slice(LlcHeader.LENGTH, information.length() - LlcHeader.LENGTH);
      Octets octets = Octets.view(apdu.array(), apdu.offset(), apdu.length());
      if (frame instanceof HdlcFrame.I i && i.segmented()) {
        tree.line("first segment of an APDU: " + octets);
      } else {
        ApduTree.add(tree, octets);
      }
    } else {
      tree.line("information " + information);
    }
  }
}
