package tracker

import "testing"

func TestDeliveryRefusal(t *testing.T) {
	refused := map[DeliveryState]string{
		DeliverySending: "delivery 7 is being sent now",
		DeliverySent:    "delivery 7 has already been sent",
		DeliveryDropped: "delivery 7 has been dropped",
	}
	for _, state := range DeliveryStates() {
		t.Run(string(state), func(t *testing.T) {
			refuses(t, DeliveryRefusal(Delivery{ID: 7, State: state}), refused[state])
		})
	}
}
