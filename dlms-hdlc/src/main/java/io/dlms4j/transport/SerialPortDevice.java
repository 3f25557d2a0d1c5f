package io.dlms4j.transport;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.dlms4j.iec21.LineSettings;
import io.dlms4j.link.Payload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A serial port by way of jSerialComm. */
final class SerialPortDevice implements SerialDevice {
  /** More zeros in a row than a port gives that is still there. */
  private static final int MAX_EMPTY_READS = 100;

  // Of POSIX, errno.
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int EISDIR = 21;
  private static final int ENOTTY = 25;

  // Of Windows, GetLastError.
  private static final int ERROR_FILE_NOT_FOUND = 2;
  private static final int ERROR_ACCESS_DENIED = 5;

  private final SerialPort port;
  private final String name;

  /** A pseudo-terminal: it has neither speed nor parity. */
  private final boolean instant;

  private SerialPortDevice(SerialPort port, String name) {
    this.port = port;
    this.name = name;
    instant = isPseudoTerminal(port.getSystemPortPath());
  }

  private static boolean isPseudoTerminal(String path) {
    try {
      return Path.of(path).toRealPath().startsWith("/dev/pts");
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  static SerialDevice open(String name, LineSettings line) {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(name);
    } catch (SerialPortInvalidPortException e) {
      throw failure(name, "there is no such port", e);
    } catch (LinkageError e) {
      throw failure(name, "jSerialComm does not run here: " + e.getMessage(), e);
    }
    SerialPortDevice device = new SerialPortDevice(port, name);
    device.set(line);
    // Without end while nothing comes, and until all is out.
    port.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, 0, 0);
    if (!port.openPort(0)) {
      throw failure(name, reason(port), null);
    }
    return device;
  }

  private static LineException failure(String name, String reason, @Nullable Throwable cause) {
    return new LineException("cannot open serial port " + name + ": " + reason, cause);
  }

  private static String reason(SerialPort port) {
    int code = port.getLastErrorCode();
    return File.separatorChar == '/'
        ? posixReason(code, Path.of(port.getSystemPortPath()))
        : windowsReason(code);
  }

  private static String posixReason(int code, Path path) {
    if (!Files.exists(path)) {
      return "there is no such port";
    }
    return switch (code) {
      case EPERM, EACCES -> "no permission";
      // jSerialComm says ENOENT of a port that this process itself has open.
      case ENOENT, EAGAIN, EBUSY -> "it is busy";
      case EISDIR, ENOTTY -> "it is no serial port";
      default -> "error " + code + " of the system";
    };
  }

  private static String windowsReason(int code) {
    return switch (code) {
      case ERROR_FILE_NOT_FOUND -> "there is no such port, or this process has it open";
      case ERROR_ACCESS_DENIED -> "it is busy, or there is no permission";
      default -> "error " + code + " of the system";
    };
  }

  @Override
  public boolean isInstant() {
    return instant;
  }

  @Override
  public void configure(LineSettings line) throws IOException {
    if (!set(line)) {
      throw new IOException(
          "serial port "
              + name
              + " cannot do "
              + line
              + ": error "
              + port.getLastErrorCode()
              + " of the system");
    }
  }

  private boolean set(LineSettings settings) {
    // Linux sometimes takes 7E1 on a pseudo-terminal and ignores it, and sometimes refuses it.
    LineSettings line = instant ? LineSettings.eightNoneOne(settings.baudRate()) : settings;
    int parity =
        switch (line.parity()) {
          case NONE -> SerialPort.NO_PARITY;
          case EVEN -> SerialPort.EVEN_PARITY;
          case ODD -> SerialPort.ODD_PARITY;
        };
    int stopBits = line.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS;
    return port.setComPortParameters(line.baudRate(), line.dataBits(), stopBits, parity);
  }

  @Override
  public int read(byte[] buffer) {
    for (int i = 0; i < MAX_EMPTY_READS; i++) {
      int count = port.readBytes(buffer, buffer.length);
      if (count != 0) {
        return count;
      }
    }
    return -1;
  }

  @Override
  public void write(Payload octets) throws IOException {
    byte[] array = octets.toByteArray();
    int sent = 0;
    while (sent < array.length) {
      int count = port.writeBytes(array, array.length - sent, sent);
      if (count <= 0) {
        throw new IOException("serial port " + name + " takes no more octets");
      }
      sent += count;
    }
  }

  @Override
  public void close() {
    port.closePort();
  }
}
