package dev.offload.worker;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import dev.offload.Invocation;
import dev.offload.codec.TaskCodec;
import dev.offload.protocol.MethodNumber;
import dev.offload.protocol.ProtocolException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DefinedMethods}.
 */
class DefinedMethodsTests {

	private final DefinedMethods methods = new DefinedMethods();

	@Test
	void methodWhenDefinedIsFoundByItsNumber() throws Exception {
		for (int number : new int[] { 1, 3, MethodNumber.MAX, 2 }) {
			CalledMethod defined = this.methods.find(new MethodNumber(number, definition()));
			assertThat(defined.address().method()).isEqualTo("max");
			assertThat(defined.address().parameterTypes()).containsExactly("int", "int");
			assertThat(this.methods.find(new MethodNumber(number, null))).isSameAs(defined);
		}
		assertThat(this.methods.find(null)).isNull();
	}

	@Test
	void methodWhenNotDefinedIsRefused() throws Exception {
		this.methods.find(new MethodNumber(2, definition()));
		for (int number : new int[] { 1, 3, MethodNumber.MAX }) {
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> this.methods.find(new MethodNumber(number, null)))
				.withMessage("Method number " + number + " was not defined");
		}
	}

	@Test
	void methodWhenDefinedAgainIsRefused() throws Exception {
		this.methods.find(new MethodNumber(2, definition()));
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> this.methods.find(new MethodNumber(2, definition())))
			.withMessage("Method number 2 is defined again");
	}

	@Test
	void definitionWhenDamagedIsRefusedAndDefinesNothing() throws Exception {
		byte[] damaged = Arrays.copyOf(definition(), definition().length - 1);
		byte[] longer = Arrays.copyOf(definition(), definition().length + 1);
		for (byte[] bytes : new byte[][] { damaged, longer, {} }) {
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> this.methods.find(new MethodNumber(1, bytes)))
				.withMessageContaining("definition of method number 1 is damaged");
		}
		assertThat(this.methods.find(new MethodNumber(1, definition()))).isNotNull();
	}

	private static byte[] definition() throws Exception {
		return TaskCodec.encodeAddress(Invocation.ofStatic(Math.class.getMethod("max", int.class, int.class), 1, 2));
	}

}
