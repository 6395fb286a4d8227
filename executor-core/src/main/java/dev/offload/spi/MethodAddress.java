package dev.offload.spi;

import java.util.List;

import dev.offload.InvocationTarget;

/**
 * A method and the object to call it on, by name.
 *
 * @param kind how the object is found
 * @param target the name of its type or bean
 * @param declaringClass the class that declares the method
 * @param method the name of the method
 * @param parameterTypes the names of its erased parameter types, as
 * {@link Class#getName()} gives them
 */
public record MethodAddress(InvocationTarget.Kind kind, String target, String declaringClass, String method,
		List<String> parameterTypes) {

	public MethodAddress {
		parameterTypes = List.copyOf(parameterTypes);
	}

	/**
	 * The name used in messages.
	 * @return for example {@code com.acme.PdfService.render(com.acme.Invoice) on BEAN
	 * pdfService}
	 */
	public String describe() {
		return this.declaringClass + "." + this.method + "(" + String.join(", ", this.parameterTypes) + ") on "
				+ this.kind + " " + this.target;
	}

}
