package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;
import io.dlms4j.vectors.GoldenVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * APDUs as annotated octets: each line of a file has octets in hexadecimal, then a number sign and
 * what they mean. All files are in one folder; the name of each begins with that of its APDU.
 */
public final class GoldenApdus {
  public static final String AARQ_PUBLIC = "V03";
  public static final String AARE_PUBLIC = "V04";
  public static final String GET_REQUEST = "V05";
  public static final String GET_RESPONSE = "V06";
  public static final String AARQ_LLS = "V11";
  public static final String AARE_LLS = "V12";
  public static final String GET_REQUEST_PROFILE = "V13";
  public static final String BLOCK_1 = "V14";
  public static final String NEXT_1 = "V15";
  public static final String BLOCK_2 = "V16";
  public static final String NEXT_6 = "V17";
  public static final String BLOCK_7 = "V18";

  public static final String AARE_AUTHENTICATION_FAILURE = "aare-authentication-failure.txt";
  public static final String AARE_DLMS_VERSION_TOO_LOW = "aare-dlms-version-too-low.txt";
  public static final String AARE_NO_COMMON_ACSE_VERSION = "aare-no-common-acse-version.txt";
  public static final String EXCEPTION_NOT_ALLOWED = "exception-response-not-allowed.txt";
  public static final String GET_RESPONSE_OBJECT_UNDEFINED = "get-response-object-undefined.txt";
  public static final String GET_RESPONSE_NO_LONG_GET = "get-response-no-long-get.txt";

  /** Those that AcseCodec reads. */
  public static final List<String> ACSE =
      List.of(
          AARQ_PUBLIC,
          AARE_PUBLIC,
          AARQ_LLS,
          AARE_LLS,
          AARE_AUTHENTICATION_FAILURE,
          AARE_DLMS_VERSION_TOO_LOW,
          AARE_NO_COMMON_ACSE_VERSION);

  /** The vendor's vectors that ApduCodec reads. */
  public static final List<String> VENDOR_XDLMS =
      List.of(
          GET_REQUEST,
          GET_RESPONSE,
          GET_REQUEST_PROFILE,
          BLOCK_1,
          NEXT_1,
          BLOCK_2,
          NEXT_6,
          BLOCK_7);

  /** All that ApduCodec reads: the vendor's vectors, and the files here that are not of ACSE. */
  public static final List<String> XDLMS =
      Stream.concat(VENDOR_XDLMS.stream(), files().stream().filter(name -> !isAcse(name))).toList();

  private GoldenApdus() {}

  /** The names of all files here. */
  static List<String> files() {
    URL one = GoldenApdus.class.getResource(EXCEPTION_NOT_ALLOWED);
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(one).toURI()).resolveSibling("."))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .sorted()
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** AARQ, AARE, RLRQ and RLRE have the tags [APPLICATION 0] to [APPLICATION 3]. */
  private static boolean isAcse(String name) {
    return (load(name).at(0) & 0xFC) == 0x60;
  }

  /** An APDU: of the vendor's vector if the name is one's, else of a file here. */
  public static Octets load(String name) {
    if (GoldenVector.names().contains(name)) {
      return Octets.view(GoldenVector.load(name).apdu());
    }
    try (InputStream in =
        Objects.requireNonNull(GoldenApdus.class.getResourceAsStream(name), name)) {
      StringBuilder hex = new StringBuilder();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", ""))
          .forEach(hex::append);
      return Octets.ofHex(hex.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
