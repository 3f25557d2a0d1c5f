package io.dlms4j.server;

import static io.dlms4j.server.BrokenSecurity.again;
import static io.dlms4j.server.BrokenSecurity.inBetween;
import static io.dlms4j.server.BrokenSecurity.isData;
import static io.dlms4j.server.BrokenSecurity.mended;
import static io.dlms4j.server.BrokenSecurity.old;
import static io.dlms4j.server.BrokenSecurity.text;
import static io.dlms4j.server.BrokenSecurity.with;
import static io.dlms4j.server.SuiteZero.AUTHENTICATED;
import static io.dlms4j.server.SuiteZero.BOTH;
import static io.dlms4j.server.SuiteZero.ENCRYPTED;
import static io.dlms4j.server.SuiteZero.content;
import static io.dlms4j.server.SuiteZero.reveal;
import static io.dlms4j.server.SuiteZero.seal;
import static io.dlms4j.server.SuiteZero.tlv;
import static io.dlms4j.server.SymmetricTester.CLIENT;
import static io.dlms4j.server.SymmetricTester.DEDICATED;
import static io.dlms4j.server.SymmetricTester.FIRST;
import static io.dlms4j.server.SymmetricTester.INITIATE;
import static io.dlms4j.server.SymmetricTester.NOT_ALLOWED;
import static io.dlms4j.server.SymmetricTester.SERVER;

import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.link.Link;
import io.dlms4j.server.BrokenSecurity.Counters;
import io.dlms4j.server.BrokenSecurity.Transfers;
import io.dlms4j.server.SuiteZero.Keys;
import io.dlms4j.server.security.SecuritySetup;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server that breaks a rule of security suite 0: its counters, its keys, its policy or its
 * Security setup are not what they should be; or what its association gets is mended, with the
 * server's own keys, so that the rule does not bite. APDUs are in hexadecimal.
 */
enum SymmetricFault {
  /** It breaks none. */
  NONE,
  ANSWERS_IN_CLEAR(SymmetricCase.BASIC_CAP_1, SymmetricCase.SEC_DATA_X_P1) {
    @Override
    String outgoing(String apdu) {
      return isData(apdu) ? reveal(SERVER, FIRST, content(apdu)) : apdu;
    }
  },
  LEAVES_OUT_THE_TAG(SymmetricCase.BASIC_CAP_1, SymmetricCase.SEC_POL_3) {
    @Override
    String outgoing(String apdu) {
      return isData(apdu) ? again(apdu, SERVER, FIRST, FIRST, ENCRYPTED) : apdu;
    }
  },
  CANNOT_PROVE_WHO_IT_IS(SymmetricCase.BASIC_CAP_1, SymmetricCase.OPEN_3) {
    @Override
    String outgoing(String apdu) {
      if (apdu.startsWith("C701C1000100")) {
        return SuiteZero.spoilt(apdu);
      }
      if (!apdu.startsWith("CF")) {
        return apdu;
      }
      String sealed = content(apdu);
      String text = reveal(SERVER, FIRST, sealed);
      return text.startsWith("C701C1000100")
          ? tlv("CF", seal(SERVER, FIRST, BOTH, SuiteZero.counter(sealed), SuiteZero.spoilt(text)))
          : apdu;
    }
  },
  TAKES_EVERYTHING_AGAIN(SymmetricCase.FRA_COUNT_1, SymmetricCase.KEY_TX_P1, SymmetricCase.REL_N1) {
    @Override
    InvocationCounterStore counters(InvocationCounterStore counters) {
      return new Counters(counters) {
        @Override
        public boolean accept(CounterId id, long counter) {
          super.accept(id, counter);
          return true;
        }
      };
    }
  },
  TAKES_THE_LAST_ONE_AGAIN(SymmetricCase.FRA_COUNT_1) {
    @Override
    InvocationCounterStore counters(InvocationCounterStore counters) {
      return new Counters(counters) {
        @Override
        public boolean accept(CounterId id, long counter) {
          return super.accept(id, counter) || counter + 1 == lowestAcceptable(id);
        }
      };
    }
  },
  BELIEVES_FORGED_COUNTERS(SymmetricCase.FRA_COUNT_1) {
    @Override
    Link around(Link link, InvocationCounterStore counters) {
      return new BrokenLink(link) {
        @Override
        String in(String apdu) {
          if (apdu.startsWith("C8")) {
            CounterId id =
                CounterId.of(SystemTitle.ofHex(CLIENT), KeyMaterial.ofHex(FIRST.encryption()));
            // As one who looks at the counter before the tag, and keeps it.
            counters.accept(id, Math.max(0, SuiteZero.counter(content(apdu)) - 1));
          }
          return apdu;
        }
      };
    }
  },
  TAKES_WHAT_IS_DEDICATED_AGAIN(SymmetricCase.FRA_COUNT_1) {
    @Override
    Link around(Link link, InvocationCounterStore counters) {
      return new BrokenLink(link) {
        private int count;

        @Override
        String in(String apdu) {
          Keys dedicated = FIRST.withEncryption(DEDICATED);
          return apdu.startsWith("D0")
              ? tlv("D0", seal(CLIENT, dedicated, BOTH, ++count, text(apdu, dedicated)))
              : apdu;
        }
      };
    }
  },
  COUNTS_TO_FIVE(SymmetricCase.FRA_COUNT_3) {
    @Override
    InvocationCounterStore counters(InvocationCounterStore counters) {
      return new Counters(counters) {
        @Override
        public long next(CounterId id) {
          return 1 + (super.next(id) - 1) % 5;
        }
      };
    }
  },
  COUNTS_NOTHING_THAT_IS_DEDICATED(SymmetricCase.FRA_COUNT_3) {
    @Override
    String outgoing(String apdu) {
      Keys dedicated = FIRST.withEncryption(DEDICATED);
      return apdu.startsWith("D4")
          ? tlv("D4", seal(SERVER, dedicated, BOTH, 1, reveal(SERVER, dedicated, content(apdu))))
          : apdu;
    }
  },
  KEEPS_ITS_OLD_KEYS(SymmetricCase.KEY_TX_P1, SymmetricCase.KEY_TX_P2, SymmetricCase.KEY_TX_P3) {
    @Override
    KeyProvider keys(SecuritySetup setup) {
      return with(setup, ring -> old(ring, true, true));
    }
  },
  KEEPS_ITS_OLD_ENCRYPTION_KEY(SymmetricCase.KEY_TX_P1, SymmetricCase.KEY_TX_P3) {
    @Override
    KeyProvider keys(SecuritySetup setup) {
      return with(setup, ring -> old(ring, true, false));
    }
  },
  KEEPS_ITS_OLD_AUTHENTICATION_KEY(SymmetricCase.KEY_TX_P2, SymmetricCase.KEY_TX_P3) {
    @Override
    KeyProvider keys(SecuritySetup setup) {
      return with(setup, ring -> old(ring, false, true));
    }
  },
  FORGETS_THE_COUNTERS_OF_OLD_KEYS(SymmetricCase.KEY_TX_P1, SymmetricCase.KEY_TX_P3) {
    @Override
    InvocationCounterStore counters(InvocationCounterStore counters) {
      return new BrokenSecurity.Forgetful(counters);
    }
  },
  SAYS_YES_TO_ANY_TRANSFER(SymmetricCase.KEY_TX_N1, SymmetricCase.KEY_TX_N2) {
    @Override
    CosemObject object(CosemObject setup) {
      return Transfers.sayingYes(setup);
    }
  },
  TAKES_ANY_KEY_ID_FOR_THE_FIRST(SymmetricCase.KEY_TX_N1) {
    @Override
    CosemObject object(CosemObject setup) {
      return Transfers.readingAs(setup, parameters -> parameters.replace("1604", "1600"));
    }
  },
  TAKES_THE_KEYS_THAT_IT_CAN(SymmetricCase.KEY_TX_N2) {
    @Override
    CosemObject object(CosemObject setup) {
      return Transfers.oneByOne(setup);
    }
  },
  CUTS_DEDICATED_KEYS_TO_LENGTH(SymmetricCase.DED_KEY_N1) {
    @Override
    String incoming(String apdu) {
      return mended(
          apdu, BOTH, text -> text.startsWith("0101") ? SymmetricTester.initiate(DEDICATED) : text);
    }
  },
  TAKES_A_DEDICATED_KEY_THAT_ANYBODY_CAN_READ(SymmetricCase.DED_KEY_N1) {
    @Override
    String incoming(String apdu) {
      return mended(apdu, AUTHENTICATED, text -> text);
    }
  },
  ANSWERS_WITH_THE_GLOBAL_KEY(SymmetricCase.SEC_DATA_X_P1) {
    @Override
    String outgoing(String apdu) {
      Keys dedicated = FIRST.withEncryption(DEDICATED);
      return apdu.startsWith("D4") || apdu.startsWith("D5")
          ? SuiteZero.global(reveal(SERVER, dedicated, content(apdu)))
              + again(apdu, SERVER, dedicated, FIRST, BOTH).substring(2)
          : apdu;
    }
  },
  WRITES_WHAT_IT_REFUSES(SymmetricCase.SEC_DATA_X_N1) {
    @Override
    Link around(Link link, InvocationCounterStore counters) {
      return new BrokenLink(link) {
        private boolean refuse;
        private int written;

        @Override
        String in(String apdu) {
          refuse = apdu.startsWith("C101");
          if (refuse) {
            written++;
            return tlv("C9", seal(CLIENT, FIRST, BOTH, inBetween(counters), apdu));
          }
          // What comes next must not seem to be old for that.
          return written > 0 && apdu.startsWith("C8")
              ? tlv("C8", seal(CLIENT, FIRST, BOTH, inBetween(counters), text(apdu, FIRST)))
              : apdu;
        }

        @Override
        String out(String apdu) {
          return refuse ? NOT_ALLOWED : apdu;
        }
      };
    }
  },
  SERVES_IN_CLEAR(SymmetricCase.SEC_DATA_X_N1, SymmetricCase.BASIC_CAP_1) {
    @Override
    String outgoing(String apdu) {
      return apdu.equals(NOT_ALLOWED) ? SymmetricRequests.STA1 : apdu;
    }
  },
  LOOKS_AT_NO_TAG(SymmetricCase.SEC_DATA_X_N1, SymmetricCase.FRA_COUNT_1) {
    @Override
    String incoming(String apdu) {
      return apdu.startsWith("C8") ? again(apdu, CLIENT, FIRST, FIRST, BOTH) : apdu;
    }
  },
  RELEASES_WHOEVER_ASKS(SymmetricCase.REL_N1) {
    @Override
    Link around(Link link, InvocationCounterStore counters) {
      return new BrokenLink(link) {
        @Override
        String in(String apdu) {
          return apdu.startsWith("62")
              ? SymmetricTester.rlrq(
                  tlv("21", seal(CLIENT, FIRST, BOTH, inBetween(counters), INITIATE)))
              : apdu;
        }
      };
    }
  },
  REFUSES_A_RELEASE_AND_IS_GONE(SymmetricCase.REL_N1) {
    @Override
    Link around(Link link, InvocationCounterStore counters) {
      return new BrokenLink(link) {
        private boolean gone;

        @Override
        @Nullable String in(String apdu) {
          gone |= apdu.equals("6203800100");
          if (gone) {
            instead = apdu.startsWith("62") ? "6303800101" : NOT_ALLOWED;
          }
          return gone ? null : apdu;
        }
      };
    }
  },
  STAYS_ASSOCIATED(SymmetricCase.BASIC_CAP_1) {
    @Override
    Link around(Link link, InvocationCounterStore counters) {
      return new BrokenLink(link) {
        @Override
        @Nullable String in(String apdu) {
          if (apdu.startsWith("622")) {
            String answer = seal(SERVER, FIRST, BOTH, 0xFFFF, SymmetricTester.INITIATED);
            instead = tlv("63", "800100" + tlv("BE", tlv("04", tlv("28", answer))));
            return null;
          }
          return apdu;
        }
      };
    }
  },
  IGNORES_ACTIVATION(SymmetricCase.SEC_POL_1, SymmetricCase.SEC_POL_2, SymmetricCase.SEC_POL_3) {
    @Override
    Supplier<SecurityPolicy> policy(SecuritySetup setup) {
      SecurityPolicy first = setup.policy();
      return () -> first;
    }
  },
  ASKS_FOR_AUTHENTICATION_ALONE(SymmetricCase.SEC_POL_2, SymmetricCase.SEC_POL_3) {
    @Override
    Supplier<SecurityPolicy> policy(SecuritySetup setup) {
      return () ->
          setup.policy().equals(SecurityPolicy.NONE)
              ? SecurityPolicy.NONE
              : SecurityPolicy.ofVersion0(1);
    }
  },
  PROTECTS_NO_RESPONSES(SymmetricCase.SEC_POL_1, SymmetricCase.SEC_POL_2, SymmetricCase.SEC_POL_3) {
    @Override
    Supplier<SecurityPolicy> policy(SecuritySetup setup) {
      return () -> new SecurityPolicy(setup.policy().requests(), Set.of());
    }
  },
  SAYS_YES_TO_A_WEAKER_POLICY(
      SymmetricCase.SEC_POL_1, SymmetricCase.SEC_POL_2, SymmetricCase.SEC_POL_3) {
    @Override
    CosemObject object(CosemObject setup) {
      return Transfers.sayingYes(setup);
    }
  },
  SERVES_BEFORE_PASS_4(SymmetricCase.OPEN_3) {
    @Override
    String outgoing(String apdu) {
      return apdu.equals(NOT_ALLOWED) ? "C401C1000906" + "0000280000FF" : apdu;
    }
  },
  LETS_GUESS_AGAIN(SymmetricCase.OPEN_3) {
    @Override
    Link around(Link link, InvocationCounterStore counters) {
      return new BrokenLink(link) {
        private boolean guessed;

        @Override
        @Nullable String in(String apdu) {
          // The first wrong answer does not reach the one that would refuse all others.
          if (apdu.startsWith("C301C1000F") && !guessed) {
            guessed = true;
            instead = SymmetricRequests.REFUSED;
            return null;
          }
          return apdu;
        }
      };
    }
  };

  private final String breaks;

  SymmetricFault(SymmetricCase... breaks) {
    this.breaks = Arrays.stream(breaks).map(SymmetricCase::name).collect(Collectors.joining(" "));
  }

  /** The cases that must notice. */
  List<SymmetricCase> breaks() {
    return breaks.isEmpty()
        ? List.of()
        : Arrays.stream(breaks.split(" ", -1)).map(SymmetricCase::valueOf).toList();
  }

  /** The counters that the server uses. */
  InvocationCounterStore counters(InvocationCounterStore counters) {
    return counters;
  }

  /** The keys that it finds. */
  KeyProvider keys(SecuritySetup setup) {
    return setup;
  }

  /** The policy that counts. */
  Supplier<SecurityPolicy> policy(SecuritySetup setup) {
    return setup::policy;
  }

  /** The object that clients invoke. */
  CosemObject object(CosemObject setup) {
    return setup;
  }

  /** What the association gets instead. */
  String incoming(String apdu) {
    return apdu;
  }

  /** What the client gets instead. */
  String outgoing(String apdu) {
    return apdu;
  }

  /** The link that the association has. */
  Link around(Link link, InvocationCounterStore counters) {
    return new BrokenLink(link) {
      @Override
      String in(String apdu) {
        return incoming(apdu);
      }

      @Override
      String out(String apdu) {
        return outgoing(apdu);
      }
    };
  }
}
