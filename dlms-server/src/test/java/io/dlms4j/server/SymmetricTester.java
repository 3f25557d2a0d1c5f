package io.dlms4j.server;

import static io.dlms4j.server.SuiteZero.BOTH;
import static io.dlms4j.server.SuiteZero.HEADER_DIGITS;
import static io.dlms4j.server.SuiteZero.tlv;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.server.SuiteZero.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The tester's side of the cases of security suite 0: a client on a real TCP line that protects
 * what it sends, and compares what comes, to the octet, with what {@link SuiteZero} makes of what
 * has to come. Invocation counters that come must be above all that came before under the same key.
 */
final class SymmetricTester implements AutoCloseable {
  static final String SERVER = "4D4D4D0000000001";
  static final String CLIENT = "4D4D4D0000BC614E";
  static final Keys FIRST =
      new Keys("000102030405060708090A0B0C0D0E0F", "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF");
  static final String DEDICATED = "101112131415161718191A1B1C1D1E1F";

  /** CtoS: K56iVagY. */
  static final String CHALLENGE = "4B35366956616759";

  /** exception-response: service-not-allowed, operation-not-possible. */
  static final String NOT_ALLOWED = "D80101";

  /** exception-response: service-not-allowed, deciphering-error. */
  static final String DECIPHERING_ERROR = "D80105";

  /** InitiateRequest without a dedicated key. */
  static final String INITIATE = "01000000065F1F040060FE9FFFFF";

  /** InitiateResponse: GET, SET, ACTION and general protection, 1007 octets. */
  static final String INITIATED = "0800065F1F040040001903EF0007";

  static final String PLAIN_CONTEXT = "60857405080101";
  static final String CIPHERED_CONTEXT = "60857405080103";

  private static final String GMAC = "60857405080205";
  private static final String REPLY_TO_HLS = "C301C1000F0000280000FF010109";
  private static final int WRAPPER_HEADER = 8;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Socket socket = new Socket();
  private final int clientSap;
  private final Map<String, Long> counted = new HashMap<>();
  private final Map<String, Long> heard = new HashMap<>();

  /** The keys to be used. */
  Keys keys = FIRST;

  /** What it is that the server last challenged with, StoC. */
  private String challenge = "";

  SymmetricTester(InetSocketAddress server, int clientSap, int patienceMillis) throws IOException {
    this.clientSap = clientSap;
    socket.setTcpNoDelay(true);
    socket.connect(server, 20_000);
    socket.setSoTimeout(patienceMillis);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The next invocation counter of the client under a key. */
  long next(String key) {
    return counted.merge(key, 1L, Long::sum);
  }

  /** The last invocation counter of the client under a key. */
  long last(String key) {
    return counted.getOrDefault(key, 0L);
  }

  Keys withDedicated() {
    return keys.withEncryption(DEDICATED);
  }

  String seal(Keys with, int control, String text) {
    return SuiteZero.seal(CLIENT, with, control, next(with.encryption()), text);
  }

  /** A request of a service, ciphered with the global key. */
  String global(int control, String text) {
    return tlv(SuiteZero.global(text), seal(keys, control, text));
  }

  String global(String text) {
    return global(BOTH, text);
  }

  String dedicated(String text) {
    return tlv(SuiteZero.dedicated(text), seal(withDedicated(), BOTH, text));
  }

  void send(String apdu) {
    byte[] octets =
        HEX.parseHex(String.format("0001%04X0001%04X%s", clientSap, apdu.length() / 2, apdu));
    try {
      socket.getOutputStream().write(octets);
    } catch (IOException e) {
      throw new AssertionError("the line is cut", e);
    }
  }

  private String receive() {
    try {
      InputStream in = socket.getInputStream();
      byte[] head = in.readNBytes(WRAPPER_HEADER);
      if (head.length < WRAPPER_HEADER) {
        throw new AssertionError("the line is cut");
      }
      int length = (head[6] & 0xFF) << 8 | (head[7] & 0xFF);
      assertEquals(
          String.format("00010001%04X%04X", clientSap, length), HEX.formatHex(head), "wrapper");
      return HEX.formatHex(in.readNBytes(length));
    } catch (SocketTimeoutException e) {
      throw new AssertionError("nothing came", e);
    } catch (IOException e) {
      throw new AssertionError("the line is cut", e);
    }
  }

  /** Makes sure of the very octets of the answer to a request. */
  void ask(String request, String answer) {
    send(request);
    assertEquals(answer, receive());
  }

  /** The answer must be ciphered with the global key, and be that answer inside. */
  void askGlobal(String request, int control, String answer) {
    send(request);
    expect(SuiteZero.global(answer), "", keys, control, answer);
  }

  /** A request and its answer, both authenticated and encrypted with the global key. */
  void ask(String request, int control, String answer) {
    askGlobal(global(control, request), control, answer);
  }

  /** The same with the dedicated key. */
  void askDedicated(String request, String answer) {
    send(dedicated(request));
    expectDedicated(answer);
  }

  void expectDedicated(String answer) {
    expect(SuiteZero.dedicated(answer), "", withDedicated(), BOTH, answer);
  }

  /** The same in general-glo-ciphering or general-ded-ciphering, which name their originators. */
  void askGeneral(String tag, Keys with, String request, String answer) {
    String sealed = seal(with, BOTH, request);
    send(tag + "08" + CLIENT + tlv("", sealed));
    expect(tag, "08" + SERVER, with, BOTH, answer);
  }

  private void expect(String tag, String title, Keys with, int control, String text) {
    String answer = receive();
    String form = sealed(tag, title, with, control, 0, text);
    if (form.length() != answer.length()) {
      // Not even the length is right.
      assertEquals(form, answer);
    }
    int digits = form.length() - SuiteZero.seal(SERVER, with, control, 0, text).length();
    long counter = heard(with, answer.substring(digits));
    assertEquals(sealed(tag, title, with, control, counter, text), answer);
  }

  private static String sealed(
      String tag, String title, Keys with, int control, long counter, String text) {
    String content = SuiteZero.seal(SERVER, with, control, counter, text);
    return title.isEmpty() ? tlv(tag, content) : tag + title + tlv("", content);
  }

  /** The counter of what came, which must be a new one. */
  private long heard(Keys with, String sealed) {
    long counter = SuiteZero.counter(sealed);
    long last = heard.getOrDefault(with.encryption(), 0L);
    assertTrue(counter > last, "the counter " + counter + " came after " + last);
    heard.put(with.encryption(), counter);
    return counter;
  }

  /** InitiateRequest with a dedicated key. */
  static String initiate(String dedicatedKey) {
    return "0101" + tlv("", dedicatedKey) + "0000065F1F040060FE9FFFFF";
  }

  /** AARQ with authentication by HLS mechanism 5. */
  static String aarq(String context, String userInformation) {
    return tlv(
        "60",
        "A1090607"
            + context
            + "A60A0408"
            + CLIENT
            + "8A0207808B07"
            + GMAC
            + "AC0A8008"
            + CHALLENGE
            + tlv("BE", tlv("04", userInformation)));
  }

  /** AARQ whose InitiateRequest is authenticated and encrypted. */
  String aarq(String initiate) {
    return aarq(CIPHERED_CONTEXT, global(initiate));
  }

  /** AARE: accepted, authentication-required, with the server's challenge. */
  private static String aare(String context, String stoc, String userInformation) {
    return tlv(
        "61",
        "A1090607"
            + context
            + "A203020100A305A10302010EA40A0408"
            + SERVER
            + "880207808907"
            + GMAC
            + tlv("AA", tlv("80", stoc))
            + tlv("BE", tlv("04", userInformation)));
  }

  /** AARE: rejected-permanent, acse-service-user. */
  static String rejected(String context, String diagnostic) {
    return "6117A1090607" + context + "A203020101A305A1030201" + diagnostic;
  }

  /** AARE: rejected-permanent, authentication-failure. */
  static String rejected() {
    return rejected(CIPHERED_CONTEXT, "0D");
  }

  /** AARE: rejected-permanent, no-reason-given; initiateError: refused-by-the-VDE-Handler. */
  static String refusedByTheVde() {
    return "611FA1090607" + CIPHERED_CONTEXT + "A203020101A305A103020101BE0604040E010604";
  }

  /** AARQ and AARE in a context with ciphering, the AARE's user-information as protected. */
  void begin(String aarq, int control) {
    send(aarq);
    String answer = receive();
    String form = aare(CIPHERED_CONTEXT, "00".repeat(16), answer(control, 0));
    takeChallenge(answer, form);
    String initiated = SuiteZero.seal(SERVER, keys, control, 0, INITIATED);
    long counter = heard(keys, answer.substring(answer.length() - initiated.length()));
    assertEquals(aare(CIPHERED_CONTEXT, challenge, answer(control, counter)), answer);
  }

  private String answer(int control, long counter) {
    return tlv(
        SuiteZero.global(INITIATED), SuiteZero.seal(SERVER, keys, control, counter, INITIATED));
  }

  /** AARQ and AARE in a context without ciphering. */
  void beginInClear() {
    send(aarq(PLAIN_CONTEXT, INITIATE));
    String answer = receive();
    takeChallenge(answer, aare(PLAIN_CONTEXT, "00".repeat(16), INITIATED));
    assertEquals(aare(PLAIN_CONTEXT, challenge, INITIATED), answer);
  }

  private void takeChallenge(String aare, String form) {
    if (form.length() != aare.length()) {
      assertEquals(form, aare);
    }
    int at = form.indexOf("AA128010") + 8;
    String next = aare.substring(at, at + 32);
    assertTrue(!next.equals(challenge), "the same challenge came twice");
    challenge = next;
  }

  /** Pass 3: reply_to_HLS_authentication with f(StoC). */
  String pass3() {
    return REPLY_TO_HLS + tlv("", SuiteZero.gmac(CLIENT, keys, next(keys.encryption()), challenge));
  }

  /** Pass 4, with f(CtoS). */
  private static String pass4(Keys with, long counter) {
    return "C701C100010009" + tlv("", SuiteZero.gmac(SERVER, with, counter, CHALLENGE));
  }

  /** Passes 3 and 4, ciphered as well. */
  void authenticate(int control) {
    send(global(control, pass3()));
    String answer = receive();
    String tag = SuiteZero.global("C7");
    String form = tlv(tag, SuiteZero.seal(SERVER, keys, control, 0, pass4(keys, 0)));
    if (form.length() != answer.length()) {
      assertEquals(form, answer);
    }
    String sealed = SuiteZero.content(answer);
    String text = SuiteZero.reveal(SERVER, keys, sealed);
    // The counter inside was taken first.
    long inside = heard(keys, text.substring(text.length() - SuiteZero.TAG_DIGITS - HEADER_DIGITS));
    long outside = heard(keys, sealed);
    assertEquals(
        tlv(tag, SuiteZero.seal(SERVER, keys, control, outside, pass4(keys, inside))), answer);
  }

  /** Passes 3 and 4 in clear. */
  void authenticateInClear() {
    send(pass3());
    String answer = receive();
    if (answer.length() != pass4(keys, 0).length()) {
      assertEquals(pass4(keys, 0), answer);
    }
    long counter =
        heard(keys, answer.substring(answer.length() - SuiteZero.TAG_DIGITS - HEADER_DIGITS));
    assertEquals(pass4(keys, counter), answer);
  }

  /** Opens an association, and goes all the way. */
  void open() {
    begin(aarq(INITIATE), BOTH);
    authenticate(BOTH);
  }

  /** The same with a dedicated key. */
  void openWithDedicated() {
    counted.remove(DEDICATED);
    heard.remove(DEDICATED);
    begin(aarq(initiate(DEDICATED)), BOTH);
    authenticate(BOTH);
  }

  /** RLRQ, protected, and RLRE, in which the server proves who it is. */
  void release() {
    send(rlrq(global(INITIATE)));
    String answer = receive();
    String form = rlre(0);
    if (form.length() != answer.length()) {
      assertEquals(form, answer);
    }
    String initiated = SuiteZero.seal(SERVER, keys, BOTH, 0, INITIATED);
    long counter = heard(keys, answer.substring(answer.length() - initiated.length()));
    assertEquals(rlre(counter), answer);
  }

  /** RLRQ: normal, with user-information. */
  static String rlrq(String userInformation) {
    return tlv("62", "800100" + tlv("BE", tlv("04", userInformation)));
  }

  private String rlre(long counter) {
    return tlv("63", "800100" + tlv("BE", tlv("04", answer(BOTH, counter))));
  }
}
