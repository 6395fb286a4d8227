package dev.offload.spring.actuate;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.invoke.ParameterMappingException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;

/**
 * Refuses parameters that an operation of ours does not have, which would be passed over
 * otherwise, and tells those on the web why they are refused: the body of an error has no
 * message unless the application wants it.
 */
final class RefusalAdvisor implements OperationInvokerAdvisor {

	private final Set<EndpointId> endpoints;

	RefusalAdvisor(Set<EndpointId> endpoints) {
		this.endpoints = Set.copyOf(endpoints);
	}

	@Override
	public OperationInvoker apply(EndpointId endpoint, OperationType type, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!this.endpoints.contains(endpoint)) {
			return invoker;
		}
		return (context) -> {
			try {
				if (type != OperationType.READ) {
					requireKnown(context, parameters);
				}
				return invoker.invoke(context);
			}
			catch (InvalidEndpointRequestException ex) {
				// Only requests of the web have a server.
				if (context.canResolve(WebServerNamespace.class)) {
					return response(ex);
				}
				throw ex;
			}
		};
	}

	private static void requireKnown(InvocationContext context, OperationParameters parameters) {
		Set<String> known = parameters.stream().map(OperationParameter::getName).collect(Collectors.toSet());
		Set<String> unknown = new TreeSet<>(context.getArguments().keySet());
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw Refusal.of("There is no parameter " + String.join(", ", unknown) + "; there are "
					+ String.join(", ", new TreeSet<>(known)));
		}
	}

	private static WebEndpointResponse<RefusalDescriptor> response(InvalidEndpointRequestException failure) {
		int status = (failure instanceof Refusal refusal) ? refusal.status() : WebEndpointResponse.STATUS_BAD_REQUEST;
		String title = (status == WebEndpointResponse.STATUS_NOT_FOUND) ? "Not Found" : "Bad Request";
		return new WebEndpointResponse<>(new RefusalDescriptor(title, status, reason(failure)), status);
	}

	private static String reason(InvalidEndpointRequestException failure) {
		if (failure instanceof ParameterMappingException mapping) {
			OperationParameter parameter = mapping.getParameter();
			return "Parameter " + parameter.getName() + " is '" + mapping.getValue() + "', which is no "
					+ parameter.getType().getSimpleName();
		}
		String reason = failure.getReason();
		return (reason != null) ? reason : String.valueOf(failure.getMessage());
	}

}
