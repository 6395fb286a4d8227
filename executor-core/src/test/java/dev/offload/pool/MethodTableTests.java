package dev.offload.pool;

import java.lang.reflect.Method;

import org.junit.jupiter.api.Test;

import dev.offload.Invocation;
import dev.offload.protocol.MethodNumber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MethodTable}.
 */
class MethodTableTests {

	private final MethodTable table = new MethodTable();

	@Test
	void methodKeepsItsNumber() throws Exception {
		MethodTable.KnownMethod first = this.table.of(Invocation.onBean("a", method(), 1));
		assertThat(first.number()).isEqualTo(1);
		assertThat(first.definition()).isNotEmpty();
		assertThat(this.table.of(Invocation.onBean("a", method(), 2))).isSameAs(first);
	}

	@Test
	void methodOfAnotherTargetHasAnotherNumber() throws Exception {
		assertThat(this.table.of(Invocation.onBean("a", method(), 1)).number()).isEqualTo(1);
		assertThat(this.table.of(Invocation.onBean("b", method(), 1)).number()).isEqualTo(2);
		assertThat(this.table.of(Invocation.onType(Object.class, method(), 1)).number()).isEqualTo(3);
	}

	@Test
	void methodThatComesWhenAllNumbersAreGivenAwayHasNone() throws Exception {
		for (int i = 1; i <= MethodNumber.MAX; i++) {
			assertThat(this.table.of(Invocation.onBean("bean" + i, method(), 1)).number()).isEqualTo(i);
		}
		for (int i = 0; i < 3; i++) {
			assertThat(this.table.of(Invocation.onBean("late" + i, method(), 1))).isNull();
		}
		assertThat(this.table.of(Invocation.onBean("bean7", method(), 1)).number()).isEqualTo(7);
	}

	@Test
	void methodWhoseDefinitionIsTooLongHasNone() throws Exception {
		Invocation invocation = Invocation.onBean("x".repeat(MethodNumber.MAX_DEFINITION_BYTES), method(), 1);
		assertThat(this.table.of(invocation)).isNull();
		assertThat(this.table.of(invocation)).isNull();
		assertThat(this.table.of(Invocation.onBean("a", method(), 1)).number()).isEqualTo(1);
	}

	// Each time another object of the same method.
	private static Method method() throws Exception {
		return Integer.class.getMethod("compareTo", Integer.class);
	}

}
