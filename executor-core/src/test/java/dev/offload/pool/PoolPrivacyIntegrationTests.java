package dev.offload.pool;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.offload.OffloadExecutor;
import dev.offload.protocol.Message.Hello;
import dev.offload.spi.OffloadVersion;
import dev.offload.transport.Connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the private directory of a pool, and for who may connect.
 */
class PoolPrivacyIntegrationTests extends AbstractPool {

	private static List<Path> directories() throws IOException {
		String own = "offload-" + ProcessHandle.current().pid() + "-";
		try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return all.filter((path) -> path.getFileName().toString().startsWith(own)).toList();
		}
	}

	@Test
	void directoryIsPrivateAndGoesWithItsPool() throws Exception {
		OffloadExecutor executor = create(spec());
		pidOf(executor);
		assertThat(directories()).singleElement()
			.satisfies((path) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
				.isEqualTo("rwx------"));
		executor.close();
		assertThat(directories()).isEmpty();
	}

	@Test
	void directoryLeftByDeadServiceIsSweptAndThatOfLivingOneIsNot() throws Exception {
		Process gone = new ProcessBuilder("true").start();
		assertThat(gone.waitFor()).isZero();
		Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
		Path left = Files.createTempDirectory(temporary, "offload-" + gone.pid() + "-1-");
		Files.createFile(Files.createDirectory(left.resolve("w1")).resolve("arguments"));
		OffloadExecutor first = create(spec());
		pidOf(first);
		OffloadExecutor second = create(spec());
		pidOf(second);
		assertThat(left).doesNotExist();
		assertThat(directories()).hasSize(2);
		assertThat(first.call(() -> 1)).isEqualTo(1);
	}

	@Test
	void strangersAreRefusedAndHoldUpNobody() throws Exception {
		OffloadExecutor executor = create(spec().maxWorkers(2));
		long pid = pidOf(executor);
		Path socket = directories().get(0).resolve("s");
		List<SocketChannel> silent = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			silent.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
		}
		SocketChannel garbage = SocketChannel.open(UnixDomainSocketAddress.of(socket));
		garbage.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
		Connection liar = new Connection(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
		liar.send(new Hello("0".repeat(64), 1, pid, OffloadVersion.current(), false));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> liar.receive(1000));
		Awaitility.await().until(() -> garbage.read(ByteBuffer.allocate(10)) < 0);
		kill(pid);
		awaitGone(pid);
		assertThat(pidOf(executor)).isNotEqualTo(pid);
		for (SocketChannel channel : silent) {
			channel.close();
		}
	}

	@Test
	void nothingSecretIsOnTheCommandLineOrInTheEnvironment() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
		String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
		assertThat(command).doesNotContainPattern("[0-9a-f]{64}");
		assertThat(environment).doesNotContainPattern("[0-9a-f]{64}").doesNotContain("JAVA_TOOL_OPTIONS");
	}

}
