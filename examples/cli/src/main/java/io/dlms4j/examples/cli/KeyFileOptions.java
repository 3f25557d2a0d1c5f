package io.dlms4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where keys are: the options of every command that takes some. Secrets are none of them. */
final class KeyFileOptions {
  private static final String PASSWORD = "--keys-password";

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = {
        "The keys: lines of suite=0, 1 or 2, guek=, gbek=, gak=, kek=, hls-secret= and, for decode,"
            + " dedicated=, each in hexadecimal where it is there;",
        "or, if the name ends in .p12, a PKCS#12 file."
      })
  private @Nullable Path file;

  @Option(
      names = "--keys-password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password of the PKCS#12 file.")
  private @Nullable Path passwordFile;

  @Option(
      names = PASSWORD,
      interactive = true,
      prompt = "Password of the PKCS#12 file: ",
      description = "Asks for the password of the PKCS#12 file.")
  private char @Nullable [] password;

  /** The file that was named, or null. */
  @Nullable Path file() {
    return file;
  }

  /**
   * Reads the keys.
   *
   * @param commandLine the command; warnings go to its stderr
   * @return the keys, or null if there is no such option
   * @throws ParameterException if the options do not go together
   * @throws CommandException if a file cannot be read
   */
  @Nullable KeyFile read(CommandLine commandLine) {
    if (commandLine.getParseResult().originalArgs().stream()
        .anyMatch(each -> each.startsWith(PASSWORD + "="))) {
      throw new ParameterException(
          commandLine,
          "a password on the command line can be seen by others on this machine: "
              + PASSWORD
              + " alone asks for it");
    }
    Path keys = file;
    boolean withPassword = passwordFile != null || password != null;
    if (keys == null || !KeyFile.isPkcs12(keys)) {
      if (withPassword) {
        throw new ParameterException(
            commandLine,
            "a password of keys goes with --keys FILE.p12, "
                + (keys == null ? "and there is no --keys" : "and " + keys + " has none"));
      }
      return keys == null ? null : readText(keys, commandLine.getErr());
    }
    if (passwordFile != null && password != null) {
      throw new ParameterException(
          commandLine, "--keys-password asks for what --keys-password-file has: give one of them");
    }
    if (!withPassword) {
      throw new ParameterException(
          commandLine,
          keys
              + " has a password: give --keys-password-file FILE, or --keys-password, which asks"
              + " for it");
    }
    return readPkcs12(keys, commandLine.getErr());
  }

  private static KeyFile readText(Path keys, PrintWriter err) {
    try {
      KeyFile.warnIfOpen(keys, err);
      return TextKeyFile.read(keys);
    } catch (IOException e) {
      throw unreadable(keys, e);
    }
  }

  private KeyFile readPkcs12(Path keys, PrintWriter err) {
    char[] secret = password(err);
    try {
      KeyFile.warnIfOpen(keys, err);
      return Pkcs12KeyFile.read(keys, secret);
    } catch (IOException e) {
      throw unreadable(keys, e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private char[] password(PrintWriter err) {
    char[] typed = password;
    if (typed != null) {
      return typed;
    }
    Path from = passwordFile;
    if (from == null) {
      throw new IllegalStateException("neither a password nor a file of one");
    }
    return firstLine(from, err);
  }

  /**
   * Reads a password.
   *
   * @param from a file whose first line it is
   * @param err takes a warning if others may read it too
   * @throws CommandException if the file cannot be read
   */
  static char[] firstLine(Path from, PrintWriter err) {
    try {
      KeyFile.warnIfOpen(from, err);
      byte[] octets = Files.readAllBytes(from);
      CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
      int end = 0;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      char[] line = new char[end];
      text.get(line);
      Arrays.fill(octets, (byte) 0);
      Arrays.fill(text.array(), '\0');
      return line;
    } catch (IOException e) {
      throw unreadable(from, e);
    }
  }

  private static CommandException unreadable(Path file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : e instanceof AccessDeniedException
                ? "it may not be read"
                : e instanceof CharacterCodingException ? "it is no text" : e.getMessage();
    return new CommandException("cannot read " + file + ": " + why, e);
  }
}
