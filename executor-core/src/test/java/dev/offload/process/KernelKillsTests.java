package dev.offload.process;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KernelKills}.
 */
class KernelKillsTests {

	@TempDir
	private Path root;

	private Path membership;

	private Path events;

	@BeforeEach
	void files() throws Exception {
		this.membership = Files.writeString(this.root.resolve("membership"), "0::/system.slice/pdf.service\n");
		this.events = Files.createDirectories(this.root.resolve("system.slice/pdf.service")).resolve("memory.events");
	}

	@Test
	void countIsThatOfTheOwnGroup() throws Exception {
		Files.writeString(this.events, "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 1\n");
		KernelKills kills = kills();
		assertThat(kills.count()).isEqualTo(2);
		Files.writeString(this.events, "oom_kill 5\n");
		assertThat(kills.since(2L)).isEqualTo(3);
		assertThat(kills.since(9L)).isZero();
		assertThat(kills.since(null)).isNull();
	}

	@Test
	void countWhenTheGroupIsTheRootIsThatOfTheRoot() throws Exception {
		Files.writeString(this.membership, "0::/\n");
		Files.writeString(this.root.resolve("memory.events"), "oom_kill 1\n");
		assertThat(kills().count()).isOne();
	}

	@Test
	void countWhenNothingCanBeReadIsNotKnown() throws Exception {
		assertThat(kills().count()).isNull();
		assertThat(KernelKills.of(null).count()).isNull();
		Files.writeString(this.events, "oom_kill many\n");
		assertThat(kills().count()).isNull();
		Files.writeString(this.events, "");
		assertThat(kills().count()).isNull();
		Files.writeString(this.membership, "9:memory:/old\n1:name=systemd:/\n");
		assertThat(kills().count()).isNull();
	}

	private KernelKills kills() {
		return KernelKills.of(ControlGroup.of(this.membership, this.root));
	}

}
