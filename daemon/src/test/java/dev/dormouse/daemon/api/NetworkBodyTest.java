package dev.dormouse.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for in the wrong JSON type is refused by its name, and never left out. */
@Timeout(30)
class NetworkBodyTest {
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = ApiFixture.start();
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    private String post(String path, String body) throws IOException {
        try (RawClient client = RawClient.connect(api.socket)) {
            return client.send("POST " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .readAll();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/networks/create | {'Name':['shop']} | Name",
                "/networks/create | {'Name':'shop','EnableIPv4':'no'} | EnableIPv4",
                "/networks/create | {'Name':'shop','EnableIPv6':'yes'} | EnableIPv6",
                "/networks/create | {'Name':'shop','Internal':{}} | Internal",
                "/networks/create | {'Name':'shop','CheckDuplicate':[]} | CheckDuplicate",
                "/networks/create | {'Name':'shop','Driver':{}} | Driver",
                "/networks/create | {'Name':'shop','IPAM':'10.9.0.0/24'} | IPAM",
                "/networks/create | {'Name':'shop','IPAM':{'Config':{'Subnet':'10.9.0.0/24'}}} | IPAM.Config",
                "/networks/create | {'Name':'shop','IPAM':{'Config':['10.9.0.0/24']}} | IPAM.Config.[0]",
                "/networks/create | {'Name':'shop','IPAM':{'Config':[{'Subnet':['a']}]}} | IPAM.Config.[0].Subnet",
                "/networks/create | {'Name':'shop','Options':['a']} | Options",
                "/networks/create | {'Name':'shop','Labels':'a=b'} | Labels",
                "/networks/bridge/connect | {'Container':['web']} | Container",
                "/networks/bridge/connect | {'Container':'web','EndpointConfig':'10.9.0.7'} | EndpointConfig",
                "/networks/bridge/connect | {'Container':'web','EndpointConfig':{'Aliases':'www'}} | EndpointConfig.Aliases",
                "/networks/bridge/connect | {'Container':'web','EndpointConfig':{'IPAMConfig':[]}} | EndpointConfig.IPAMConfig",
                "/networks/bridge/disconnect | {'Container':{}} | Container",
                "/networks/bridge/disconnect | {'Container':'web','Force':'please'} | Force",
                "/containers/create | {'Image':'nginx','NetworkingConfig':'shop'} | NetworkingConfig",
                "/containers/create | {'Image':'nginx','NetworkingConfig':{'EndpointsConfig':['shop']}} | NetworkingConfig.EndpointsConfig",
                "/containers/create | {'Image':'nginx','NetworkingConfig':{'EndpointsConfig':{'shop':5}}} | NetworkingConfig.EndpointsConfig.shop",
            })
    void wrongTypesAreRefusedByName(String path, String body, String field) throws Exception {
        assertThat(post(path, body.replace('\'', '"')))
                .startsWith("HTTP/1.1 400")
                .contains("\"message\":\"" + field + " has the wrong type");
    }

    @Test
    void whatNobodyKnowsHereIsRefusedByName() throws Exception {
        assertThat(post("/networks/bridge/connect", "{\"Container\":\"web\",\"Aliases\":[\"www\"]}"))
                .startsWith("HTTP/1.1 501")
                .contains("Aliases is not supported");
        assertThat(post("/networks/bridge/disconnect", "{\"Container\":\"web\",\"Delay\":5}"))
                .startsWith("HTTP/1.1 501")
                .contains("Delay=5 is not supported");
        assertThat(post("/networks/bridge/disconnect", "{\"Force\":true}"))
                .startsWith("HTTP/1.1 400")
                .contains("Container must be the name or the id of a container");
    }

    @Test
    void whatIsEmptyAsksForNothing() throws Exception {
        assertThat(
                        post(
                                "/networks/create",
                                "{\"Name\":\"shop\",\"IPAM\":{\"Config\":[null,{}]},\"Options\":null,\"Labels\":{},\"EnableIPv4\":null}"))
                .startsWith("HTTP/1.1 201");
        assertThat(post(
                        "/containers/create?name=web",
                        "{\"Image\":\"nginx\",\"NetworkingConfig\":{\"EndpointsConfig\":{\"shop\":null}}}"))
                .startsWith("HTTP/1.1 201");
    }
}
