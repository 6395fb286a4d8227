package dev.offload.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL of its own, which can be killed and started again. It refuses to be
 * root: started by root it runs as nobody.
 */
final class PostgresServer {

	private static final String NOBODY = "65534";

	private static final long PAUSE_MILLIS = 50;

	private final Path directory;

	private final int port;

	/** Also for the thread that ends it. */
	private volatile @Nullable Process server;

	private PostgresServer(Path directory, int port) {
		this.directory = directory;
		this.port = port;
	}

	static PostgresServer start() throws Exception {
		Path directory = Files.createTempDirectory("offload-postgres");
		PostgresServer server = new PostgresServer(directory, freePort());
		Runtime.getRuntime().addShutdownHook(new Thread(server::killNow, "postgres-end"));
		try {
			server.prepare();
			server.startAgain();
			return server;
		}
		catch (Exception ex) {
			server.remove();
			throw ex;
		}
	}

	private void prepare() throws Exception {
		unpack(this.directory.resolve("program"));
		Files.createDirectory(this.directory.resolve("data"));
		if (isRoot()) {
			run(List.of("chown", "-R", NOBODY, this.directory.toString()));
		}
		run(command("initdb", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C"));
	}

	// After a kill its shared memory is busy until the last of its processes has noticed.
	void startAgain() throws Exception {
		long end = System.nanoTime() + 20_000_000_000L;
		List<String> command = command("postgres", "-p", String.valueOf(this.port), "-c", "fsync=off", "-c",
				"listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=16MB");
		while (true) {
			Process started = builder(command).start();
			this.server = started;
			while (started.isAlive() && System.nanoTime() < end) {
				if (accepts()) {
					return;
				}
				started.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
			}
			if (System.nanoTime() > end) {
				throw new IllegalStateException("PostgreSQL does not start: " + Files.readString(log()));
			}
		}
	}

	private boolean accepts() {
		try (Connection connection = DriverManager.getConnection(url())) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	void kill() throws InterruptedException {
		Process running = killNow();
		if (running != null) {
			running.waitFor();
		}
	}

	private @Nullable Process killNow() {
		Process running = this.server;
		if (running != null) {
			running.toHandle().destroyForcibly();
		}
		return running;
	}

	String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/postgres?user=postgres&loginTimeout=2&socketTimeout=5";
	}

	HikariDataSource dataSource() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url());
		config.setMaximumPoolSize(3);
		config.setConnectionTimeout(500);
		config.setInitializationFailTimeout(-1);
		return new HikariDataSource(config);
	}

	void remove() throws Exception {
		kill();
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach(PostgresServer::delete);
		}
	}

	// Processes of a server that was killed may still take files away.
	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			file.toFile().deleteOnExit();
		}
	}

	private List<String> command(String program, String... arguments) {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
		}
		command.add(this.directory.resolve("program/bin").resolve(program).toString());
		command.addAll(List.of("-D", this.directory.resolve("data").toString()));
		command.addAll(List.of(arguments));
		return command;
	}

	private Path log() {
		return this.directory.resolve("log");
	}

	private ProcessBuilder builder(List<String> command) {
		return new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
	}

	private static void run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).directory(Path.of("/").toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IllegalStateException(command + ": " + output);
		}
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void unpack(Path target) throws IOException {
		try (InputStream packed = PostgresServer.class.getResourceAsStream("/postgres-linux-x86_64.txz");
				TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				unpack(tar, entry, target.resolve(entry.getName()).normalize());
			}
		}
	}

	private static void unpack(InputStream content, TarArchiveEntry entry, Path file) throws IOException {
		if (entry.isDirectory()) {
			Files.createDirectories(file);
			return;
		}
		Files.createDirectories(file.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(content, file);
		if ((entry.getMode() & 0100) != 0) {
			Set<PosixFilePermission> all = EnumSet.allOf(PosixFilePermission.class);
			Files.setPosixFilePermissions(file, all);
		}
	}

}
