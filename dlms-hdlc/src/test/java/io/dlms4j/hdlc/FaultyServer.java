package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A server that breaks a rule: what comes in is mended for it before it sees it, or what goes out
 * is spoilt.
 */
enum FaultyServer {
  AGREES_TO_DISC_IN_NDM("HDLC_FRAME_P1") {
    @Override
    Frame outgoing(Frame frame) {
      return frame.control() == 0x1F ? frame.withControl(0x73) : frame;
    }
  },
  DOES_NOT_ANSWER_RR("HDLC_FRAME_P1") {
    @Override
    @Nullable Frame incoming(Frame frame) {
      return frame.control() == 0x11 ? null : frame;
    }
  },
  TAKES_INCOMPLETE_FRAMES("HDLC_FRAME_P2", "HDLC_FRAME_N2") {
    @Override
    byte[] mend(byte[] octets) {
      return octets.length < SNRM.length ? SNRM : octets;
    }
  },
  HAS_NO_CLOCK("HDLC_FRAME_P2", "HDLC_FRAME_P3") {
    @Override
    long time(long now) {
      return 0;
    }
  },
  NEEDS_NO_FLAGS("HDLC_FRAME_N1") {
    @Override
    byte[] mend(byte[] octets) {
      int from = octets[0] == HdlcFrame.FLAG ? 1 : 0;
      int to = octets[octets.length - 1] == HdlcFrame.FLAG ? octets.length - 1 : octets.length;
      byte[] flagged = new byte[to - from + 2];
      flagged[0] = HdlcFrame.FLAG;
      System.arraycopy(octets, from, flagged, 1, to - from);
      flagged[flagged.length - 1] = HdlcFrame.FLAG;
      return flagged;
    }
  },
  READS_NO_FORMAT_TYPE("HDLC_FRAME_N3") {
    @Override
    byte[] mend(byte[] octets) {
      octets[1] = (byte) (0xA0 | (octets[1] & 0x0F));
      return withFcs(octets);
    }
  },
  READS_NO_LENGTH("HDLC_FRAME_N4") {
    @Override
    byte[] mend(byte[] octets) {
      octets[1] = (byte) ((octets[1] & 0xF8) | ((octets.length - 2) >>> 8));
      octets[2] = (byte) (octets.length - 2);
      return withFcs(octets);
    }
  },
  IGNORES_UNKNOWN_CONTROL_FIELDS("HDLC_FRAME_N5") {
    @Override
    @Nullable Frame incoming(Frame frame) {
      return frame.control() == 0xFF ? null : frame;
    }
  },
  REJECTS_FOR_EVER("HDLC_FRAME_N5", "HDLC_INFO_N1", "HDLC_INFO_N2") {
    @Override
    Link around(Link link) {
      return new Broken(link, this) {
        private boolean rejected;

        @Override
        byte[] mend(byte[] octets) {
          Frame frame = Frame.read(octets);
          return (rejected && frame.control() == 0x93 ? frame.withControl(0x11) : frame).write();
        }

        @Override
        Frame spoil(Frame frame) {
          rejected |= frame.control() == 0x97;
          return frame;
        }
      };
    }
  },
  READS_NO_HCS("HDLC_FRAME_N7") {
    @Override
    byte[] mend(byte[] octets) {
      return Frame.read(octets).write();
    }
  },
  READS_NO_FCS("HDLC_FRAME_N8") {
    @Override
    byte[] mend(byte[] octets) {
      return withFcs(octets);
    }
  },
  KNOWS_NO_FOUR_OCTETS("HDLC_ADDRESS_P1") {
    @Override
    @Nullable Frame incoming(Frame frame) {
      return frame.addresses().length() == 5 ? null : frame;
    }
  },
  ANSWERS_IN_TWO_OCTETS("HDLC_ADDRESS_P1") {
    @Override
    Frame outgoing(Frame frame) {
      return frame.withAddresses(Octets.hex("21 02 41"));
    }
  },
  TAKES_ANY_ADDRESS("HDLC_ADDRESS_N1", "HDLC_ADDRESS_N4", "HDLC_ADDRESS_N6", "HDLC_ADDRESS_N7") {
    @Override
    Frame incoming(Frame frame) {
      return frame.withAddresses(Octets.hex("02 41 21"));
    }
  },
  AGREES_TO_ANY_LENGTH("HDLC_NDM2NRM_P1") {
    @Override
    Frame outgoing(Frame frame) {
      HdlcParameters all = new HdlcParameters(2030, 2030);
      return frame.information().length() == 23 ? frame.withInformation(all.encode()) : frame;
    }
  },
  AGREES_TO_ANY_WINDOW("HDLC_NDM2NRM_P2") {
    @Override
    Frame outgoing(Frame frame) {
      HdlcParameters all = new HdlcParameters(128, 128, 7, 7);
      return frame.information().length() == 23 ? frame.withInformation(all.encode()) : frame;
    }
  },
  ANSWERS_IN_THE_NAME_OF_THE_CLIENT("HDLC_INFO_P1") {
    @Override
    Frame outgoing(Frame frame) {
      byte[] information = frame.information().toByteArray();
      if (information.length > 23) {
        information[1] = (byte) 0xE6;
      }
      return frame.withInformation(Payload.of(information));
    }
  },
  TAKES_INFORMATION_OF_ANY_LENGTH("HDLC_INFO_N1") {
    @Override
    Frame incoming(Frame frame) {
      Payload information = frame.information();
      return information.length() <= 128 ? frame : frame.withInformation(information.slice(0, 128));
    }
  },
  READS_NO_RECEIVE_SEQUENCE_NUMBER("HDLC_INFO_N2") {
    @Override
    Frame incoming(Frame frame) {
      return frame.control() == 0x31 ? frame.withControl(0x11) : frame;
    }
  },
  READS_NO_SEND_SEQUENCE_NUMBER("HDLC_INFO_N3") {
    @Override
    Frame incoming(Frame frame) {
      return frame.control() == 0x12 ? frame.withControl(0x10) : frame;
    }
  },
  SERVES_WITHOUT_A_CONNECTION("HDLC_NDMOP_N1") {
    @Override
    Frame outgoing(Frame frame) {
      Payload answer = Octets.join(LlcHeader.RESPONSE.octets(), Octets.hex("61 00"));
      return frame.control() == 0x1F ? frame.withControl(0x30).withInformation(answer) : frame;
    }
  };

  private static final byte[] SNRM = Octets.hex("7E A0 08 02 41 21 93 48 D4 7E").array();

  private final String breaks;

  FaultyServer(String... breaks) {
    this.breaks = String.join(" ", breaks);
  }

  /** The ids of the cases that must notice. */
  String[] breaks() {
    return breaks.split(" ", -1);
  }

  /** Breaks a link. */
  Link around(Link link) {
    return new Broken(link, this);
  }

  byte[] mend(byte[] octets) {
    if (octets.length < SNRM.length - 1 || !Fcs16.follows(octets, 1, octets.length - 4)) {
      return octets;
    }
    Frame frame = incoming(Frame.read(octets));
    return frame == null ? new byte[0] : frame.write();
  }

  @Nullable Frame incoming(Frame frame) {
    return frame;
  }

  Frame outgoing(Frame frame) {
    return frame;
  }

  long time(long now) {
    return now;
  }

  private static byte[] withFcs(byte[] octets) {
    Fcs16.append(octets, 1, octets.length - 4);
    return octets;
  }

  /** A frame as a careless reader sees it. */
  record Frame(boolean segmented, Payload addresses, int control, Payload information) {
    static Frame read(byte[] octets) {
      int at = endOfAddress(octets, endOfAddress(octets, 3));
      Payload all = Payload.of(octets);
      Payload addresses = all.slice(3, at - 3);
      boolean empty = octets.length - at <= 4;
      Payload information = empty ? Payload.EMPTY : all.slice(at + 3, octets.length - at - 6);
      return new Frame((octets[1] & 8) != 0, addresses, octets[at] & 0xFF, information);
    }

    private static int endOfAddress(byte[] octets, int from) {
      int at = from;
      while ((octets[at] & 1) == 0) {
        at++;
      }
      return at + 1;
    }

    Frame withControl(int other) {
      return new Frame(segmented, addresses, other, information);
    }

    Frame withAddresses(Payload other) {
      return new Frame(segmented, other, control, information);
    }

    Frame withInformation(Payload other) {
      return new Frame(segmented, addresses, control, other);
    }

    byte[] write() {
      Payload none = information.length() == 0 ? Payload.EMPTY : Payload.of(new byte[2]);
      byte[] head = {HdlcFrame.FLAG, (byte) (0xA0 | (segmented ? 8 : 0)), 0};
      byte[] end = {(byte) control};
      byte[] octets =
          Octets.join(
                  Payload.of(head),
                  addresses,
                  Payload.of(end),
                  none,
                  information,
                  Payload.of(new byte[] {0, 0, HdlcFrame.FLAG}))
              .toByteArray();
      octets[2] = (byte) (octets.length - 2);
      if (none.length() > 0) {
        Fcs16.append(octets, 1, 2 + addresses.length() + 1);
      }
      return withFcs(octets);
    }
  }

  private static class Broken implements Link {
    private final Link link;
    private final FaultyServer fault;

    Broken(Link link, FaultyServer fault) {
      this.link = link;
      this.fault = fault;
    }

    byte[] mend(byte[] octets) {
      return fault.mend(octets);
    }

    Frame spoil(Frame frame) {
      return fault.outgoing(frame);
    }

    @Override
    public void receive(byte[] octets, int offset, int length, long now) {
      int end = offset + length;
      int from = offset;
      for (int at = offset + 1; at <= end; at++) {
        // One flag ends a frame and the next one begins one.
        boolean between =
            at < end && octets[at - 1] == HdlcFrame.FLAG && octets[at] == HdlcFrame.FLAG;
        if (between || at == end) {
          byte[] mended = mend(Arrays.copyOfRange(octets, from, at));
          link.receive(mended, 0, mended.length, fault.time(now));
          from = at;
        }
      }
    }

    @Override
    public @Nullable LinkEvent pollEvent() {
      return link.pollEvent();
    }

    @Override
    public @Nullable Payload pollTransmit(long now) {
      Payload octets = link.pollTransmit(fault.time(now));
      return octets == null ? null : Payload.of(spoil(Frame.read(octets.toByteArray())).write());
    }

    @Override
    public long nextDeadline() {
      return fault.time(1) == 0 ? NEVER : link.nextDeadline();
    }

    @Override
    public void onDeadline(long now) {
      link.onDeadline(fault.time(now));
    }

    @Override
    public boolean send(LinkAddress address, Payload payload, long now) {
      return link.send(address, payload, fault.time(now));
    }

    @Override
    public void open(long now) {
      link.open(now);
    }

    @Override
    public void close(long now) {
      link.close(now);
    }

    @Override
    public void lineLost(long now) {
      link.lineLost(now);
    }
  }
}
