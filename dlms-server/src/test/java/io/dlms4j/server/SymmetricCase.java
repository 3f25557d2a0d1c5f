package io.dlms4j.server;

import static io.dlms4j.server.SuiteZero.AUTHENTICATED;
import static io.dlms4j.server.SuiteZero.BOTH;
import static io.dlms4j.server.SuiteZero.ENCRYPTED;
import static io.dlms4j.server.SuiteZero.spoilt;
import static io.dlms4j.server.SuiteZero.tlv;
import static io.dlms4j.server.SymmetricRequests.DONE;
import static io.dlms4j.server.SymmetricRequests.GET_NAME;
import static io.dlms4j.server.SymmetricRequests.GET_STA1;
import static io.dlms4j.server.SymmetricRequests.GET_STA2;
import static io.dlms4j.server.SymmetricRequests.KEK;
import static io.dlms4j.server.SymmetricRequests.REFUSED;
import static io.dlms4j.server.SymmetricRequests.SECOND;
import static io.dlms4j.server.SymmetricRequests.SETUP;
import static io.dlms4j.server.SymmetricRequests.SET_STA2;
import static io.dlms4j.server.SymmetricRequests.STA1;
import static io.dlms4j.server.SymmetricRequests.UNMATCHED;
import static io.dlms4j.server.SymmetricRequests.UNREADABLE;
import static io.dlms4j.server.SymmetricRequests.WRITTEN;
import static io.dlms4j.server.SymmetricRequests.activation;
import static io.dlms4j.server.SymmetricRequests.get;
import static io.dlms4j.server.SymmetricRequests.item;
import static io.dlms4j.server.SymmetricRequests.set;
import static io.dlms4j.server.SymmetricRequests.transfer;
import static io.dlms4j.server.SymmetricRequests.value;
import static io.dlms4j.server.SymmetricRequests.wrapped;
import static io.dlms4j.server.SymmetricTester.CIPHERED_CONTEXT;
import static io.dlms4j.server.SymmetricTester.DECIPHERING_ERROR;
import static io.dlms4j.server.SymmetricTester.DEDICATED;
import static io.dlms4j.server.SymmetricTester.FIRST;
import static io.dlms4j.server.SymmetricTester.INITIATE;
import static io.dlms4j.server.SymmetricTester.NOT_ALLOWED;

import io.dlms4j.server.SuiteZero.Keys;

/**
 * The cases of security suite 0 of the DLMS UA's abstract test plan, and the one about the passes 3
 * and 4 of high level security, as far as their names and titles are public. The plan itself is its
 * members' own; stimuli and answers are derived from Green Book 9.2 and 9.4 and Blue Book 4.4.7.
 */
enum SymmetricCase {
  BASIC_CAP_1("SYMSEC_0_BasicCap_1") {
    @Override
    void play(SymmetricTester tester, int version) {
      tester.ask(GET_NAME, NOT_ALLOWED);
      tester.open();
      tester.ask(GET_NAME, BOTH, "C401C1000906" + "0000280000FF");
      tester.ask(GET_STA1, BOTH, STA1);
      tester.ask(get(SETUP, 3), BOTH, "C401C1001600");
      tester.ask(get(SETUP, 4), BOTH, "C401C1000908" + SymmetricTester.CLIENT);
      tester.ask(get(SETUP, 5), BOTH, "C401C1000908" + SymmetricTester.SERVER);
      tester.release();
      tester.ask(tester.global(GET_STA1), NOT_ALLOWED);
    }
  },
  FRA_COUNT_1("SYMSEC_0_FraCount_1") {
    @Override
    void play(SymmetricTester tester, int version) {
      String aarq = tester.aarq(SymmetricTester.initiate(DEDICATED));
      tester.begin(aarq, BOTH);
      tester.authenticate(BOTH);
      String old = tester.global(GET_STA1);
      String last = tester.global(GET_STA1);
      tester.askGlobal(last, BOTH, STA1);
      String lowest = lowest(tester);
      tester.ask(last, "D80106" + lowest);
      tester.ask(old, "D80106" + lowest);
      String oldSet = tester.global(set(1, "2222"));
      tester.ask(GET_STA1, BOTH, STA1);
      tester.ask(oldSet, "D80106" + lowest(tester));
      // A counter that nobody has authenticated moves nothing.
      String far = SuiteZero.seal(SymmetricTester.CLIENT, FIRST, BOTH, 0xF0000000L, GET_STA1);
      tester.ask(tlv("C8", spoilt(far)), DECIPHERING_ERROR);
      tester.ask(GET_STA1, BOTH, STA1);
      String dedicated = tester.dedicated(GET_STA1);
      tester.send(dedicated);
      tester.expectDedicated(STA1);
      tester.ask(dedicated, "D8010600000002");
      // Neither the next association nor another service begins anew.
      tester.ask(aarq, "D80106" + lowest(tester));
      tester.open();
      tester.ask(last, "D80106" + lowest(tester));
      tester.ask(GET_STA1, BOTH, STA1);
    }

    private String lowest(SymmetricTester tester) {
      return String.format("%08X", tester.last(FIRST.encryption()) + 1);
    }
  },
  FRA_COUNT_3("SYMSEC_0_FraCount_3") {
    @Override
    void play(SymmetricTester tester, int version) {
      for (int association = 0; association < 2; association++) {
        tester.openWithDedicated();
        for (int i = 0; i < 3; i++) {
          tester.ask(GET_STA1, BOTH, STA1);
          tester.askDedicated(GET_STA1, STA1);
          tester.ask(set(1, "1111"), BOTH, WRITTEN);
        }
      }
      tester.release();
    }
  },
  KEY_TX_P1("SYMSEC_0_Key_Tx_P1") {
    @Override
    void play(SymmetricTester tester, int version) {
      transferAndRestore(tester, SECOND.withAuthentication(FIRST.authentication()));
    }

    @Override
    String items(Keys keys) {
      return "0101" + item(0, keys.encryption());
    }
  },
  KEY_TX_P2("SYMSEC_0_Key_Tx_P2") {
    @Override
    void play(SymmetricTester tester, int version) {
      transferAndRestore(tester, FIRST.withAuthentication(SECOND.authentication()));
    }

    @Override
    String items(Keys keys) {
      return "0101" + item(2, keys.authentication());
    }
  },
  KEY_TX_P3("SYMSEC_0_Key_Tx_P3") {
    @Override
    void play(SymmetricTester tester, int version) {
      transferAndRestore(tester, SECOND);
    }

    @Override
    String items(Keys keys) {
      return "0102" + item(0, keys.encryption()) + item(2, keys.authentication());
    }
  },
  KEY_TX_N1("SYMSEC_0_Key_Tx_N1") {
    @Override
    void play(SymmetricTester tester, int version) {
      String key = SECOND.encryption();
      tester.open();
      tester.ask(transfer("0101" + item(4, key)), BOTH, REFUSED);
      tester.ask(transfer("0101" + item(255, key)), BOTH, REFUSED);
      tester.ask(transfer("0102" + item(0, key) + item(4, key)), BOTH, REFUSED);
      tester.ask(transfer("0102" + item(0, key) + item(0, key)), BOTH, REFUSED);
      tester.ask(transfer("0100"), BOTH, REFUSED);
      // key_id as unsigned
      tester.ask(transfer("0101" + item(0, key).replace("1600", "1100")), BOTH, UNMATCHED);
      tester.release();
      assertKeysAre(tester, FIRST);
    }
  },
  KEY_TX_N2("SYMSEC_0_Key_Tx_N2") {
    @Override
    void play(SymmetricTester tester, int version) {
      String key = SECOND.encryption();
      String wrapped = SuiteZero.wrap(KEK, key);
      tester.open();
      for (String wrong :
          new String[] {
            SuiteZero.wrap(FIRST.encryption(), key),
            spoilt(wrapped),
            wrapped.substring(0, 32),
            SuiteZero.wrap(KEK, key + key),
            key,
            "",
          }) {
        tester.ask(transfer("0101" + wrapped(0, wrong)), BOTH, REFUSED);
        // The other one is right, and not taken without it.
        String right = item(2, SECOND.authentication());
        tester.ask(transfer("0102" + right + wrapped(0, wrong)), BOTH, REFUSED);
      }
      tester.release();
      assertKeysAre(tester, FIRST);
    }
  },
  DED_KEY_N1("SYMSEC_0_DedKey_N1", 0) {
    @Override
    void play(SymmetricTester tester, int version) {
      String refused = SymmetricTester.refusedByTheVde();
      for (String wrong : new String[] {"", DEDICATED.substring(2), DEDICATED + "20"}) {
        tester.ask(tester.aarq(SymmetricTester.initiate(wrong)), refused);
        tester.ask(tester.global(GET_STA1), NOT_ALLOWED);
      }
      String initiate = SymmetricTester.initiate(DEDICATED);
      // Whoever listens would know it.
      tester.ask(
          SymmetricTester.aarq(CIPHERED_CONTEXT, tester.global(AUTHENTICATED, initiate)), refused);
      tester.ask(SymmetricTester.aarq(CIPHERED_CONTEXT, initiate), refused);
      tester.ask(tester.dedicated(GET_STA1), NOT_ALLOWED);
      // Where there is none, none can be used; and the one of an association ends with it.
      tester.open();
      tester.ask(tester.dedicated(GET_STA1), DECIPHERING_ERROR);
      tester.openWithDedicated();
      tester.askDedicated(GET_STA1, STA1);
      tester.open();
      tester.ask(tester.dedicated(GET_STA1), DECIPHERING_ERROR);
      tester.ask(GET_STA1, BOTH, STA1);
    }
  },
  SEC_DATA_X_P1("SYMSEC_0_SecDataX_P1") {
    @Override
    void play(SymmetricTester tester, int version) {
      tester.openWithDedicated();
      tester.ask(GET_STA1, BOTH, STA1);
      tester.ask(GET_STA2, BOTH, "C401C1000904" + "41424344");
      tester.ask(set(1, "1234"), BOTH, WRITTEN);
      tester.askDedicated(GET_STA1, "C401C100121234");
      tester.askDedicated(SET_STA2 + "45464748", WRITTEN);
      tester.askDedicated(GET_STA2, "C401C1000904" + "45464748");
      tester.askGeneral("DB", tester.keys, SET_STA2 + "41424344", WRITTEN);
      tester.askGeneral("DC", tester.withDedicated(), GET_STA2, "C401C1000904" + "41424344");
      tester.askGeneral("DC", tester.withDedicated(), set(1, "1111"), WRITTEN);
      tester.askGeneral("DB", tester.keys, GET_STA1, STA1);
      tester.release();
    }
  },
  SEC_DATA_X_N1("SYMSEC_0_SecDataX_N1") {
    @Override
    void play(SymmetricTester tester, int version) {
      Keys otherKey = FIRST.withEncryption(SECOND.encryption());
      Keys otherAuthenticationKey = FIRST.withAuthentication(SECOND.authentication());
      tester.openWithDedicated();
      for (String request : new String[] {GET_STA1, set(1, "2222")}) {
        String tag = SuiteZero.global(request);
        refused(tester, request, NOT_ALLOWED);
        refused(tester, tester.global(AUTHENTICATED, request), NOT_ALLOWED);
        refused(tester, tester.global(ENCRYPTED, request), NOT_ALLOWED);
        refused(tester, tlv(tag, tester.seal(otherKey, BOTH, request)), DECIPHERING_ERROR);
        refused(
            tester,
            tlv(tag, tester.seal(otherAuthenticationKey, BOTH, request)),
            DECIPHERING_ERROR);
        refused(tester, spoilt(tester.global(request)), DECIPHERING_ERROR);
        // Of another length than it says.
        refused(tester, tester.global(request).replaceFirst("^..(..)", tag + "05"), UNREADABLE);
        // Security suite 1, another service inside, and the keys mixed up.
        refused(tester, tlv(tag, tester.seal(FIRST, BOTH + 1, request)), DECIPHERING_ERROR);
        refused(tester, tlv("CB", tester.seal(FIRST, BOTH, request)), DECIPHERING_ERROR);
        refused(
            tester,
            tlv(SuiteZero.dedicated(request), tester.seal(FIRST, BOTH, request)),
            DECIPHERING_ERROR);
        refused(
            tester,
            tlv(tag, tester.seal(tester.withDedicated(), BOTH, request)),
            DECIPHERING_ERROR);
        // Of somebody else.
        refused(
            tester,
            "DB08"
                + SymmetricTester.CLIENT.replace("4E", "4F")
                + tlv("", tester.seal(FIRST, BOTH, request)),
            DECIPHERING_ERROR);
      }
      tester.release();
    }

    private void refused(SymmetricTester tester, String request, String answer) {
      tester.ask(request, answer);
      tester.ask(GET_STA1, BOTH, STA1);
    }
  },
  REL_N1("SYMSEC_REL_N1") {
    @Override
    void play(SymmetricTester tester, int version) {
      tester.open();
      refused(tester, "6203800100");
      refused(tester, SymmetricTester.rlrq(INITIATE));
      refused(tester, SymmetricTester.rlrq(tester.global(AUTHENTICATED, INITIATE)));
      refused(tester, SymmetricTester.rlrq(tester.global(ENCRYPTED, INITIATE)));
      refused(tester, SymmetricTester.rlrq(spoilt(tester.global(INITIATE))));
      String replayed = tester.global(INITIATE);
      tester.open();
      refused(tester, SymmetricTester.rlrq(replayed));
      tester.release();
      tester.ask(tester.global(GET_STA1), NOT_ALLOWED);
    }

    /** RLRE: not-finished; and it is not. */
    private void refused(SymmetricTester tester, String rlrq) {
      tester.ask(rlrq, "6303800101");
      tester.ask(GET_STA1, BOTH, STA1);
    }
  },
  SEC_POL_1("SYMSEC_0_SecPol_1", 0) {
    @Override
    void play(SymmetricTester tester, int version) {
      activate(tester, version, 1, ENCRYPTED);
    }
  },
  SEC_POL_2("SYMSEC_0_SecPol_2", 0) {
    @Override
    void play(SymmetricTester tester, int version) {
      activate(tester, version, 2, AUTHENTICATED);
    }
  },
  SEC_POL_3("SYMSEC_0_SecPol_3", 0) {
    @Override
    void play(SymmetricTester tester, int version) {
      activate(tester, version, 3, AUTHENTICATED, ENCRYPTED);
    }
  },
  OPEN_3("APPL_OPEN_3") {
    @Override
    void play(SymmetricTester tester, int version) {
      String refused = "C701C1FA00";
      tester.beginInClear();
      tester.ask(GET_NAME, NOT_ALLOWED);
      tester.ask(set(1, "2222"), NOT_ALLOWED);
      String before = tester.pass3();
      tester.ask(spoilt(before), refused);
      // That was the one try.
      tester.ask(tester.pass3(), NOT_ALLOWED);
      tester.ask(GET_NAME, NOT_ALLOWED);
      // The answer to another challenge.
      tester.beginInClear();
      tester.ask(before, refused);
      tester.ask(GET_NAME, NOT_ALLOWED);
      tester.beginInClear();
      tester.authenticateInClear();
      tester.ask(GET_NAME, "C401C1000906" + "0000280000FF");
      tester.ask(GET_STA1, STA1);
      // There is nothing to reply to any more.
      tester.ask(tester.pass3(), "C701C10300");
      tester.ask(GET_STA1, STA1);
    }

    @Override
    int clientSap() {
      return SecuredIut.IN_CLEAR;
    }
  };

  private final String id;
  private final int policy;

  SymmetricCase(String id) {
    this(id, 3);
  }

  SymmetricCase(String id, int policy) {
    this.id = id;
    this.policy = policy;
  }

  String id() {
    return id;
  }

  /** The policy that the server has at first, as version 0 writes it. */
  int policy() {
    return policy;
  }

  int clientSap() {
    return SecuredIut.CIPHERED;
  }

  /** Plays the case with a server whose Security setup is of that version. */
  abstract void play(SymmetricTester tester, int version);

  /** The parameters of key_transfer. */
  String items(Keys keys) {
    throw new UnsupportedOperationException("no keys are transferred in " + this);
  }

  void transferAndRestore(SymmetricTester tester, Keys second) {
    String recorded = tester.aarq(INITIATE);
    tester.begin(recorded, BOTH);
    tester.authenticate(BOTH);
    tester.ask(transfer(items(second)), BOTH, DONE);
    // The association goes on as it was opened.
    tester.ask(GET_STA1, BOTH, STA1);
    tester.release();
    long counted = tester.last(FIRST.encryption());
    assertKeysAreNot(tester, FIRST);
    tester.keys = second;
    tester.open();
    tester.ask(GET_STA1, BOTH, STA1);
    tester.ask(transfer(items(FIRST)), BOTH, DONE);
    tester.release();
    if (second.encryption().equals(FIRST.encryption())) {
      counted = tester.last(FIRST.encryption());
    }
    assertKeysAreNot(tester, second);
    // What was counted under the old key is not forgotten.
    tester.keys = FIRST;
    tester.ask(recorded, String.format("D80106%08X", counted + 1));
    assertKeysAre(tester, FIRST);
  }

  private static void assertKeysAreNot(SymmetricTester tester, Keys old) {
    tester.keys = old;
    tester.ask(tester.aarq(INITIATE), SymmetricTester.rejected());
    tester.ask(tester.global(GET_STA1), NOT_ALLOWED);
  }

  static void assertKeysAre(SymmetricTester tester, Keys keys) {
    tester.keys = keys;
    tester.open();
    tester.ask(GET_STA1, BOTH, STA1);
    tester.release();
  }

  /** Activates a policy, which counts at once and cannot be taken back. */
  static void activate(SymmetricTester tester, int version, int policy, int... tooWeak) {
    int control = policy << 4;
    tester.begin(SymmetricTester.aarq(CIPHERED_CONTEXT, tester.global(INITIATE)), BOTH);
    tester.authenticate(BOTH);
    tester.ask(GET_STA1, STA1);
    tester.ask(get(SETUP, 2), "C401C1001600");
    // In clear: the answer is the first that is protected as it has to be.
    tester.askGlobal(activation(version, policy), control, DONE);
    tester.ask(GET_STA1, NOT_ALLOWED);
    for (int weak : tooWeak) {
      tester.ask(tester.global(weak, GET_STA1), NOT_ALLOWED);
    }
    tester.ask(GET_STA1, control, STA1);
    tester.ask(GET_STA1, BOTH, STA1);
    String read = String.format("C401C10016%02X", value(version, policy));
    tester.ask(get(SETUP, 2), control, read);
    tester.ask(activation(version, 0), control, REFUSED);
    for (int weaker = 1; weaker < policy; weaker++) {
      tester.ask(activation(version, weaker), control, REFUSED);
    }
    tester.ask(get(SETUP, 2), control, read);
    tester.ask(GET_STA1, NOT_ALLOWED);
    // So it is in the next association, from its very beginning.
    tester.ask(SymmetricTester.aarq(CIPHERED_CONTEXT, INITIATE), SymmetricTester.rejected());
    tester.begin(SymmetricTester.aarq(CIPHERED_CONTEXT, tester.global(control, INITIATE)), control);
    tester.authenticate(control);
    tester.ask(GET_STA1, NOT_ALLOWED);
    tester.ask(GET_STA1, control, STA1);
  }
}
