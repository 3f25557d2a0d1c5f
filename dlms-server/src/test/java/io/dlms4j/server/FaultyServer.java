package io.dlms4j.server;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import org.jspecify.annotations.Nullable;

/**
 * A server that breaks a rule of the application layer: what its association gets is mended so that
 * the rule does not bite, or what it answers is spoilt. APDUs are in hexadecimal.
 */
enum FaultyServer {
  SERVES_WITHOUT_AN_ASSOCIATION("APPL_IDLE_N1") {
    @Override
    String outgoing(String apdu) {
      return apdu.equals(NOT_ALLOWED) ? THE_NAME : apdu;
    }
  },
  IS_SILENT_WITHOUT_AN_ASSOCIATION("APPL_IDLE_N1") {
    @Override
    @Nullable String outgoing(String apdu) {
      return apdu.equals(NOT_ALLOWED) ? null : apdu;
    }
  },
  KNOWS_NO_RELEASE("APPL_OPEN_1", "APPL_REL_P1") {
    @Override
    @Nullable String incoming(String apdu) {
      return apdu.startsWith("62") ? null : apdu;
    }
  },
  NAMES_ANOTHER_ASSOCIATION("APPL_OPEN_1") {
    @Override
    String outgoing(String apdu) {
      return apdu.replace("09060000280000FF", "09060000280001FF");
    }
  },
  KNOWS_EVERY_USER("APPL_OPEN_2") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("A903020106", "A903020105");
    }
  },
  ASKS_FOR_NO_USER("APPL_OPEN_2") {
    @Override
    String incoming(String apdu) {
      return apdu.equals(PLAIN) ? "6022" + CONTEXT + "A903020105" + INITIATE : apdu;
    }
  },
  TAKES_HIGH_LEVEL_SECURITY_FOR_GRANTED("APPL_OPEN_3") {
    @Override
    String incoming(String apdu) {
      return apdu.contains("8B0760857405080205") ? PLAIN : apdu;
    }
  },
  READS_NO_PROTOCOL_VERSION("APPL_OPEN_4") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("80020640", "80020780");
    }
  },
  REFUSES_THE_DEFAULT_PROTOCOL_VERSION("APPL_OPEN_4") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("80020780", "80020640");
    }
  },
  TAKES_ANY_CONTEXT("APPL_OPEN_5") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("60857504070203", "60857405080101");
    }
  },
  DOES_NOT_KNOW_ITS_OWN_CONTEXTS("APPL_OPEN_5") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("60857405080103", "60857405080101");
    }
  },
  MEASURES_NO_TITLE("APPL_OPEN_6") {
    @Override
    String incoming(String apdu) {
      return apdu.contains("A6090407") || apdu.contains("A60B0409") ? PLAIN : apdu;
    }
  },
  CANNOT_READ_UNUSED_FIELDS("APPL_OPEN_6") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("A203040144", "A203050144");
    }
  },
  TAKES_ANY_PASSWORD("APPL_OPEN_7") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("80053132333436", "80053132333435");
    }
  },
  NEEDS_NO_FUNCTIONAL_UNIT("APPL_OPEN_7") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("8A020700", "8A020780");
    }
  },
  HAS_ONE_DIAGNOSTIC_FOR_ALL("APPL_OPEN_7", "APPL_OPEN_3") {
    @Override
    String outgoing(String apdu) {
      return apdu.replaceAll("A305A1030201(0B|0C|0E)$", "A305A10302010D");
    }
  },
  TAKES_A_DEDICATED_KEY("APPL_OPEN_9") {
    @Override
    String incoming(String apdu) {
      return apdu.contains("041F010110") ? PLAIN : apdu;
    }
  },
  AGREES_TO_NO_QUALITY_OF_SERVICE("APPL_OPEN_11") {
    @Override
    String incoming(String apdu) {
      return apdu.contains("040F0100000100") ? PLAIN : apdu;
    }
  },
  TAKES_ANY_VERSION("APPL_OPEN_12") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("01000000055F", "01000000065F");
    }
  },
  REFUSES_LATER_VERSIONS("APPL_OPEN_12") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("01000000075F", "01000000055F");
    }
  },
  TAKES_NOTHING_FOR_SOMETHING("APPL_OPEN_13") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("5F1F04001C0120", "5F1F040000FEDF").replace("5F1F0400000000", GET_ALONE);
    }
  },
  AGREES_TO_WHAT_WAS_NOT_PROPOSED("APPL_OPEN_13") {
    @Override
    String incoming(String apdu) {
      return apdu.replace(GET_ALONE, "5F1F040000FEDF");
    }
  },
  TAKES_ANY_PDU_SIZE("APPL_OPEN_14") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("60FE9F000B", "60FE9F000C");
    }
  },
  TAKES_NO_LEAST_PDU_SIZE("APPL_OPEN_14") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("60FE9F000C", "60FE9F000B");
    }
  },
  GUESSES_AT_CHOICES("APPL_DATA_LN_N1", "APPL_DATA_LN_N3") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("C004C1", "C001C1").replace("C106C1", "C101C1");
    }
  },
  INVENTS_OBJECTS("APPL_DATA_LN_N1", "APPL_DATA_LN_N3", "APPL_DATA_SN_N1", "APPL_DATA_SN_N2") {
    @Override
    String incoming(String apdu) {
      return apdu.replace("0000600102FF", "0000600100FF").replace("021308", "021008");
    }
  },
  ENDS_THE_ASSOCIATION_AT_AN_ERROR(
      "APPL_DATA_LN_N1", "APPL_DATA_LN_N3", "APPL_DATA_SN_N1", "APPL_DATA_SN_N2") {
    @Override
    Link around(Link link) {
      return new Broken(link, this) {
        private boolean over;

        @Override
        String out(String apdu) {
          over |= apdu.startsWith("D802") || apdu.startsWith("0E");
          return apdu;
        }

        @Override
        @Nullable String in(String apdu) {
          return over ? null : apdu;
        }
      };
    }
  },
  DOES_WHAT_WAS_NOT_AGREED_ON("APPL_DATA_LN_N4") {
    @Override
    String incoming(String apdu) {
      return apdu.replace(GET_ALONE, "5F1F040000FEDF");
    }

    @Override
    String outgoing(String apdu) {
      return apdu.replace("5F1F040000FEDF03EF0007", GET_ALONE + "03EF0007");
    }
  },
  ANSWERS_IN_THE_WRONG_WORDS("APPL_DATA_LN_N4", "APPL_DATA_SN_N3") {
    @Override
    String outgoing(String apdu) {
      return apdu.equals("D80102") || apdu.equals("0E060302") ? "D80101" : apdu;
    }
  },
  READS_HALF_A_NAME("APPL_DATA_SN_N1", "APPL_DATA_SN_N2") {
    @Override
    String incoming(String apdu) {
      return apdu.equals("05010210") || apdu.equals("060102100800") ? "0501021008" : apdu;
    }
  },
  GUESSES_AT_VARIABLE_ACCESS("APPL_DATA_SN_N1", "APPL_DATA_SN_N2") {
    @Override
    String incoming(String apdu) {
      return apdu.replaceAll("^(0[56])0109", "$10102");
    }
  },
  ANSWERS_UNCONFIRMED_REQUESTS("APPL_DATA_SN_N3") {
    @Override
    String incoming(String apdu) {
      return apdu.replaceAll("^16", "06");
    }
  },
  STAYS_ASSOCIATED("APPL_REL_P1") {
    @Override
    Link around(Link link) {
      return new Broken(link, this) {
        @Override
        @Nullable String in(String apdu) {
          if (apdu.equals("6203800100")) {
            instead = "6303800100";
            return null;
          }
          return apdu;
        }
      };
    }
  },
  KEEPS_THE_ASSOCIATION_WITHOUT_ITS_LINK("APPL_REL_P1") {
    @Override
    Link around(Link link) {
      return new Broken(link, this) {
        private boolean up;

        @Override
        @Nullable LinkEvent event(LinkEvent event) {
          boolean again = up && event instanceof LinkEvent.Up;
          up |= event instanceof LinkEvent.Up;
          return again || event instanceof LinkEvent.Down ? null : super.event(event);
        }
      };
    }
  };

  private static final String NOT_ALLOWED = "D80101";
  private static final String THE_NAME = "C401C10009060000280000FF";
  private static final String CONTEXT = "A109060760857405080101";
  private static final String INITIATE = "BE10040E01000000065F1F040060FE9FFFFF";
  private static final String GET_ALONE = "5F1F0400000010";

  /** An AARQ that asks for nothing out of the ordinary. */
  private static final String PLAIN = "601D" + CONTEXT + INITIATE;

  private final String breaks;

  FaultyServer(String... breaks) {
    this.breaks = String.join(" ", breaks);
  }

  /** The ids of the cases that must notice. */
  String[] breaks() {
    return breaks.split(" ", -1);
  }

  /** What the association gets instead; null for nothing. */
  @Nullable String incoming(String apdu) {
    return apdu;
  }

  /** What the client gets instead; null for nothing. */
  @Nullable String outgoing(String apdu) {
    return apdu;
  }

  /** Breaks the server behind a link. */
  Link around(Link link) {
    return new Broken(link, this);
  }

  private static class Broken extends BrokenLink {
    private final FaultyServer fault;

    Broken(Link link, FaultyServer fault) {
      super(link);
      this.fault = fault;
    }

    @Override
    @Nullable String in(String apdu) {
      return fault.incoming(apdu);
    }

    @Override
    @Nullable String out(String apdu) {
      return fault.outgoing(apdu);
    }
  }
}
