package dev.offload.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A worker that does what the property {@code test.behaviour} says, after its line
 * {@code READY <pid>}.
 */
public final class TestWorker {

	private TestWorker() {
	}

	public static void main(String[] args) throws Exception {
		String token = ServiceWatch.start();
		String behaviour = System.getProperty("test.behaviour", "idle");
		for (String one : behaviour.split(",", -1)) {
			begin(one, token);
		}
		System.out.println("READY " + ProcessHandle.current().pid());
		System.out.flush();
		Thread.sleep(Long.MAX_VALUE);
	}

	private static void begin(String behaviour, String token) throws Exception {
		switch (behaviour) {
			case "idle" -> {
			}
			case "busy" -> startBusyLoop();
			case "native" -> startDaemon(TestWorker::blockInNativeCode);
			case "child" -> startChild();
			case "orphan" -> new ProcessBuilder("sh", "-c", "(sleep 300 & echo ORPHAN $!) </dev/null 2>/dev/null")
				.redirectOutput(ProcessBuilder.Redirect.INHERIT)
				.start()
				.waitFor();
			case "token" -> System.out.println("TOKEN " + token);
			case "stdin" -> System.out.println("STDIN " + System.in.read());
			case "environment" ->
				System.getenv().forEach((name, value) -> System.out.println("ENV " + name + "=" + value));
			case "properties" ->
				System.getProperties().forEach((name, value) -> System.out.println("PROPERTY " + name + "=" + value));
			case "options" -> ManagementFactory.getRuntimeMXBean()
				.getInputArguments()
				.forEach((option) -> System.out.println("OPTION " + option));
			case "directory" -> System.out.println("DIRECTORY " + Path.of("").toAbsolutePath());
			case "umlaut" -> System.out.println("UMLAUT äöü€");
			case "oom" -> System.out.println(new long[Integer.MAX_VALUE / 2].length);
			case "flood" -> flood();
			case "crash" -> crash();
			case "cleanchild" ->
				System.out.println("CHILD " + new ProcessBuilder("env", "-i", "/bin/sleep", "300").start().pid());
			default -> exit(behaviour);
		}
	}

	private static void exit(String behaviour) {
		if (!behaviour.startsWith("exit")) {
			throw new IllegalArgumentException(behaviour);
		}
		System.out.println("bye");
		System.exit(Integer.parseInt(behaviour.substring("exit".length())));
	}

	private static void startChild() throws Exception {
		Process child = new ProcessBuilder("sleep", "300").start();
		System.out.println("CHILD " + child.pid());
	}

	/** Writes to an address that no process has. */
	private static void crash() throws Exception {
		Class<?> type = Class.forName("sun.misc.Unsafe");
		Field field = type.getDeclaredField("theUnsafe");
		field.setAccessible(true);
		type.getMethod("putLong", long.class, long.class).invoke(field.get(null), 0L, 0L);
	}

	private static void flood() {
		byte[] chunk = new byte[1024 * 1024];
		Arrays.fill(chunk, (byte) 'x');
		for (int i = 0; i < 100; i++) {
			System.out.write(chunk, 0, chunk.length);
		}
		System.out.println();
	}

	private static void blockInNativeCode() {
		try (ServerSocket socket = new ServerSocket(0)) {
			socket.accept();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void startBusyLoop() throws InterruptedException {
		startDaemon(() -> {
			for (int i = 0; i < 20_000; i++) {
				spin(1_000);
			}
			System.out.println(spinForMinutes());
		});
		TimeUnit.MILLISECONDS.sleep(300);
	}

	private static int spinForMinutes() {
		int sum = 0;
		for (int i = 0; i < 1_000_000_000; i++) {
			sum += spin(2_000_000_000);
		}
		return sum;
	}

	/** A counted loop: by default compiled without safepoints with some collectors. */
	private static int spin(int rounds) {
		int value = 1;
		for (int i = 0; i < rounds; i++) {
			value = value * 31 + i;
			value ^= value >>> 3;
		}
		return value;
	}

	private static void startDaemon(Runnable body) {
		Thread thread = new Thread(body, "test-behaviour");
		thread.setDaemon(true);
		thread.start();
	}

}
